import { principalArn, principalId } from './model';
import type { Credential } from './model';
import type { XmlFields } from './xml';

/** ISO 8601 in UTC with whole seconds, as STS prints it. @param at milliseconds UTC. */
export const timestamp = (at: number): string => new Date(at).toISOString().replace(/\.\d+/, '');

/** The `Credentials` element of an answer. */
export const credentialsFields = (session: Credential & { readonly expiresAt: number }): XmlFields => ({
  AccessKeyId: session.accessKeyId,
  SecretAccessKey: session.secretAccessKey,
  SessionToken: session.sessionToken,
  Expiration: timestamp(session.expiresAt),
});

/** The `AssumedRoleUser` element of an answer. */
export const assumedRoleFields = ({ principal }: Credential): XmlFields => ({
  AssumedRoleId: principalId(principal),
  Arn: principalArn(principal),
});
