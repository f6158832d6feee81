import { Secret } from '../core/secret';
import type { Session } from '../core/session';
import { badProfile, refused } from '../errors';
import type { Environment } from '../world';
import { boundedRequests } from './bounded';
import { errorCode } from './error-code';

const RELATIVE = 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI';
const FULL = 'AWS_CONTAINER_CREDENTIALS_FULL_URI';
const TOKEN = 'AWS_CONTAINER_AUTHORIZATION_TOKEN';
const TOKEN_FILE = 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE';
/** Milliseconds: one request, and the pause before the second try; three of them and a margin. */
const EACH = 1000;
const ALL = 4000;

/** The keys of the container (ECS, EKS Pod Identity), from the endpoint that its environment names. */
export async function containerCredentials(env: Environment): Promise<Session> {
  const relative = env[RELATIVE];
  const full = env[FULL];
  const where = relative ? RELATIVE : FULL;
  if (!relative && !full) {
    throw badProfile(
      `credential_source EcsContainer: neither ${RELATIVE} nor ${FULL} is set`,
      'run it in a container',
    );
  }
  const { fromHttp } = await import('@aws-sdk/credential-provider-http');
  try {
    const keys = await boundedRequests(
      async () =>
        fromHttp({
          // An empty text stands for "not this one": left out, the package would look into process.env. It also warns
          // on the terminal when both of a pair are given; the one it would take is given here.
          awsContainerCredentialsRelativeUri: relative ?? '',
          awsContainerCredentialsFullUri: relative ? '' : (full ?? ''),
          awsContainerAuthorizationTokenFile: env[TOKEN_FILE] ?? '',
          awsContainerAuthorizationToken: env[TOKEN_FILE] ? '' : (env[TOKEN] ?? ''),
          timeout: EACH,
          maxRetries: 1,
        })(),
      // A little before the package would say on the terminal, in its own words, that it is waiting.
      EACH - 100,
      ALL,
    );
    return {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: new Secret(keys.secretAccessKey),
      ...(keys.sessionToken && { sessionToken: new Secret(keys.sessionToken) }),
      ...(keys.expiration && { expiresAt: keys.expiration.getTime() }),
    };
  } catch (error) {
    throw explain(error, where);
  }
}

/** The error's own text may quote the answer, which holds keys: only what kind of error it is goes on. */
function explain(error: unknown, where: string): Error {
  const text = error instanceof Error ? error.message : '';
  if (text.startsWith('URL not accepted') || errorCode(error) === 'ERR_INVALID_URL')
    return badProfile(
      `${where} is no address to take keys from`,
      'it has to be https, loopback, or the container host',
    );
  if (text.includes('Authorization token') || ['ENOENT', 'EACCES', 'EISDIR'].includes(errorCode(error)))
    return refused(`the file that ${TOKEN_FILE} names can't be used`);
  const status = /status: (\d{3})/.exec(text)?.[1];
  const what = status === undefined ? 'gave no usable answer' : `answered with HTTP ${status}`;
  return refused(
    `the container's credential endpoint (${where}) ${what}`,
    'credential_source EcsContainer needs it',
  );
}
