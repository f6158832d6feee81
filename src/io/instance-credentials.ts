import { Secret } from '../core/secret';
import type { Session } from '../core/session';
import { refused } from '../errors';
import type { Environment } from '../world';
import { boundedRequests } from './bounded';

/** Milliseconds: one request; a token, a name and the keys, with a second try each, and never more than this in all. */
const EACH = 1000;
const ALL = 4000;

/** The keys of the EC2 instance's own role, from the instance metadata service. */
export async function instanceCredentials(env: Environment): Promise<Session> {
  if (env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true')
    throw refused('credential_source Ec2InstanceMetadata: AWS_EC2_METADATA_DISABLED is true', 'unset it');
  const endpoint = endpointOf(env);
  const { fromInstanceMetadata } = await import('@smithy/credential-provider-imds');
  try {
    const keys = await withEnvironment(
      {
        // The package reads these from process.env only, and without them it would open the AWS config file.
        AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
        AWS_EC2_METADATA_V1_DISABLED: env['AWS_EC2_METADATA_V1_DISABLED'] || 'false',
      },
      () =>
        boundedRequests(fromInstanceMetadata({ timeout: EACH, maxRetries: 1, logger: silent }), EACH, ALL),
    );
    // Keys that have expired come back with a later expiry made up; the true one is beside it.
    const expiration = 'originalExpiration' in keys ? keys.originalExpiration : keys.expiration;
    return {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: new Secret(keys.secretAccessKey),
      ...(keys.sessionToken && { sessionToken: new Secret(keys.sessionToken) }),
      ...(expiration instanceof Date && { expiresAt: expiration.getTime() }),
    };
  } catch {
    // The package's own text is about its insides, and may quote the answer.
    const hint = 'credential_source Ec2InstanceMetadata works on an EC2 instance that has a role';
    throw refused(`the instance metadata service gave no keys (${endpoint})`, hint);
  }
}

/** The service's two addresses (EC2 User Guide, "Use the Instance Metadata Service"), or the user's own. */
function endpointOf(env: Environment): string {
  const own = env['AWS_EC2_METADATA_SERVICE_ENDPOINT'];
  if (own) return own;
  return env['AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE']?.toLowerCase() === 'ipv6'
    ? 'http://[fd00:ec2::254]'
    : 'http://169.254.169.254';
}

const nothing = (): void => undefined;
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

async function withEnvironment<T>(
  values: Readonly<Record<string, string>>,
  run: () => Promise<T>,
): Promise<T> {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  try {
    return await run();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}
