import type { Secret } from './secret';

/**
 * Keys that sign as somebody. Long-lived keys have neither token nor expiry; everything STS gives has both.
 * Secrets redact themselves; `accessKeyId` is an identifier, not a secret.
 */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
  /** Milliseconds since the epoch, UTC. Absent: these keys do not expire by themselves. */
  readonly expiresAt?: number;
  /** The ARN STS gave for an assumed role. */
  readonly principalArn?: string;
}

/** AWS knows temporary keys by their token. */
export const isTemporary = (session: Session): boolean => session.sessionToken !== undefined;
