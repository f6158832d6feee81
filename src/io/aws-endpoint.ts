import { describeOrigin } from '../core/names';
import type { StsTarget } from '../core/plan';
import { badProfile } from '../errors';

/** The services that are called, as people know them. */
export type ServiceName = 'STS' | 'IAM' | 'the console';

/**
 * Where a service is called: where the user says, or else where AWS has it.
 * @throws `profile` where FIPS or dual-stack is wanted, and there is none: an endpoint of one's own is neither (the
 *   endpoint rules of AWS's clients).
 */
export async function endpointOf(target: StsTarget, service: ServiceName): Promise<URL> {
  const { endpoint, fips, dualstack } = target;
  if (endpoint === undefined) {
    if (service !== 'STS') return new URL('https://iam.amazonaws.com');
    const { stsEndpoint } = await import('./sts-endpoint');
    return stsEndpoint(target);
  }
  if (fips || dualstack)
    throw badProfile(
      `a ${fips ? 'FIPS' : 'dual-stack'} endpoint of ${service} is wanted, and the one of ${describeOrigin(endpoint.from)}`,
      'take one of the two wishes away',
    );
  return new URL(endpoint.value);
}
