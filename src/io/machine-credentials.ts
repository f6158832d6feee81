import type { CredentialSource } from '../core/profile';
import { parseInstant } from '../core/instant';
import { Secret } from '../core/secret';
import type { Session } from '../core/session';
import { badProfile, refused } from '../errors';
import type { Environment } from '../world';
import { containerCredentials } from './container-credentials';
import { instanceCredentials } from './instance-credentials';

export interface MachineOptions {
  /** The environment as it was found: what the SDK reads from `process.env` may be gone from there. */
  readonly env: Environment;
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

/**
 * The keys that a `credential_source` stands for (SDKs and Tools Reference Guide, "Assume role credential provider").
 *
 * @throws badProfile when the environment lacks what the source needs; refused when the keys have expired or what
 *   gives them can't be reached.
 */
export async function machineCredentials(
  source: CredentialSource,
  options: MachineOptions,
): Promise<Session> {
  const session = await load(source, options.env);
  if (session.expiresAt !== undefined && session.expiresAt <= options.now())
    throw refused(`the keys of credential_source ${source} have expired`, 'renew them and try again');
  return session;
}

function load(source: CredentialSource, env: Environment): Session | Promise<Session> {
  switch (source) {
    case 'Environment':
      return fromEnvironment(env);
    case 'EcsContainer':
      return containerCredentials(env);
    case 'Ec2InstanceMetadata':
      return instanceCredentials(env);
  }
}

/** The old name of the token is read where no new one stands; an empty variable is no variable (semantics of AWS). */
function fromEnvironment(env: Environment): Session {
  const need = (name: string): string => {
    const value = env[name];
    if (value) return value;
    throw badProfile(
      `credential_source Environment: ${name} is not set`,
      'export the key pair, or name another source',
    );
  };
  const token = env['AWS_SESSION_TOKEN'] || env['AWS_SECURITY_TOKEN'];
  const expiration = env['AWS_CREDENTIAL_EXPIRATION'];
  const session: Session = {
    accessKeyId: need('AWS_ACCESS_KEY_ID'),
    secretAccessKey: new Secret(need('AWS_SECRET_ACCESS_KEY')),
    ...(token && { sessionToken: new Secret(token) }),
  };
  if (!expiration) return session;
  const expiresAt = parseInstant(expiration);
  if (expiresAt === undefined)
    throw badProfile(
      'AWS_CREDENTIAL_EXPIRATION is no ISO 8601 time with a zone',
      'unset it, or set it right',
    );
  return { ...session, expiresAt };
}
