import type { Session } from '../core/session';

/** A session as the SDK wants it. */
export const credentialsOf = (
  signer: Session,
): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } => ({
  accessKeyId: signer.accessKeyId,
  secretAccessKey: signer.secretAccessKey.reveal(),
  ...(signer.sessionToken === undefined ? {} : { sessionToken: signer.sessionToken.reveal() }),
});
