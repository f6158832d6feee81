import { partition } from '@aws-sdk/core/client';
import { badProfile } from '../errors';
import type { StsTarget } from '../core/plan';

/**
 * Where STS is, if nobody says (its endpoint rules): by AWS's own list of partitions.
 * @throws `profile` where the region's partition has no endpoint of the kind that is wanted.
 */
export function stsEndpoint({ region, fips, dualstack }: StsTarget): URL {
  const { value } = region;
  const { name, dnsSuffix, dualStackDnsSuffix, supportsFIPS, supportsDualStack } = partition(value);
  if (fips && !supportsFIPS) throw without(value, 'FIPS', 'use_fips_endpoint');
  if (dualstack && !supportsDualStack) throw without(value, 'dual-stack', 'use_dualstack_endpoint');
  if (value === 'aws-global' && !fips && !dualstack) return new URL('https://sts.amazonaws.com');
  // All of GovCloud's endpoints are FIPS's.
  const host = fips && (dualstack || name !== 'aws-us-gov') ? 'sts-fips' : 'sts';
  return new URL(`https://${host}.${value}.${dualstack ? dualStackDnsSuffix : dnsSuffix}`);
}

const without = (region: string, kind: string, setting: string): Error =>
  badProfile(`STS has no ${kind} endpoint in ${region}`, `take ${setting} away, or choose another region`);
