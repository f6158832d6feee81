import { badProfile, usage } from '../errors';
import { firstRegionOf, partitionOf } from './arn';
import { describeOrigin, isProfileName, type Sourced } from './names';
import type { StsTarget } from './plan';
import type { Profiles, UsableProfile } from './profile';
import type { Request } from './request';

/** What decides where a call goes, besides the profiles on the way. */
type Wishes = Pick<Request, 'region' | 'ownRegion' | 'settingsRegion' | 'environment'>;

/**
 * The region that is exported (semantics 20): the flag, the profile, its sources from near to far, `[default]`,
 * settings. Undefined: the user's own stays.
 * @param near the profiles, the one asked for first.
 */
export function exportedRegion(
  profiles: Profiles,
  near: readonly UsableProfile[],
  wishes: Wishes,
): Sourced | undefined {
  const region =
    wishes.region ??
    near.map((profile) => profile.region).find((found) => found !== undefined) ??
    defaultRegion(profiles) ??
    wishes.settingsRegion;
  return region === undefined ? undefined : checkedRegion(region);
}

function defaultRegion(profiles: Profiles): Sourced | undefined {
  const name = 'default';
  if (!isProfileName(name)) return undefined;
  const profile = profiles.asked(name);
  return profile === undefined || profile.kind === 'broken' ? undefined : profile.region;
}

/** The region becomes part of a host's name, so it must be able to be one. */
export const isRegion = (text: string): boolean =>
  /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(text);

function checkedRegion(region: Sourced): Sourced {
  if (isRegion(region.value)) return region;
  const [message, hint] = [
    `the region is not one (${describeOrigin(region.from)})`,
    'write it as eu-central-1',
  ];
  throw typeof region.from === 'string' ? usage(message, hint) : badProfile(message, hint);
}

/** An endpoint of the environment; those of the files were looked at when the profile was read. */
function checkedEndpoint(endpoint: Sourced | undefined): Sourced | undefined {
  if (endpoint === undefined || (/^https?:\/\//i.test(endpoint.value) && URL.canParse(endpoint.value)))
    return endpoint;
  throw usage(
    `the endpoint is no http or https URL (${describeOrigin(endpoint.from)})`,
    'write it as http://127.0.0.1:4566, or unset it',
  );
}

/** The region STS is called in: the exported one, the user's own, the partition's first; never an error. */
export function stsRegion(exported: Sourced | undefined, wishes: Wishes, arn: string | undefined): Sourced {
  if (exported !== undefined) return exported;
  if (wishes.ownRegion !== undefined) return checkedRegion(wishes.ownRegion);
  const partition = arn === undefined ? 'aws' : partitionOf(arn);
  return { value: firstRegionOf(partition), from: `first region of the partition ${partition}` };
}

/**
 * How STS is reached (semantics 21). Endpoint: AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, the asked profile's services
 * section, its endpoint_url; the ignore switches leave none of them (SDKREF, feature-ss-endpoints).
 */
export function stsTarget(asked: UsableProfile, region: Sourced, wishes: Wishes): StsTarget {
  const { environment: env } = wishes;
  const { endpoint: own } = asked;
  const ignored = env.ignoreEndpoints ?? own.ignoreConfigured?.value ?? false;
  const configured = env.endpointSts ?? env.endpoint ?? own.servicesSts ?? own.endpointUrl;
  return {
    region,
    endpoint: ignored ? undefined : checkedEndpoint(configured),
    fips: env.fips ?? own.useFips?.value ?? false,
    dualstack: env.dualstack ?? own.useDualstack?.value ?? false,
    caBundle: env.caBundle ?? own.caBundle,
  };
}

/**
 * How IAM is reached: one endpoint a partition, which is signed for in the partition's first region (AWS General
 * Reference, "IAM endpoints"). What a user set counts as for STS, under IAM's own names.
 */
export function iamTarget(
  asked: UsableProfile,
  sts: StsTarget,
  partition: string,
  wishes: Wishes,
): StsTarget {
  const { environment: env } = wishes;
  const { endpoint: own } = asked;
  const ignored = env.ignoreEndpoints ?? own.ignoreConfigured?.value ?? false;
  const configured = env.endpointIam ?? env.endpoint ?? own.servicesIam ?? own.endpointUrl;
  return {
    ...sts,
    region: { value: firstRegionOf(partition), from: `IAM's region of the partition ${partition}` },
    endpoint: ignored ? undefined : checkedEndpoint(configured),
  };
}

/** How STS is reached for keys that belong to no profile: by the environment alone. */
export function environmentTarget(
  env: Readonly<Record<string, string | undefined>>,
  facts: Request['environment'],
  regionFlag: string | undefined,
): StsTarget {
  const named = env['AWS_REGION'] || env['AWS_DEFAULT_REGION'];
  const region: Sourced =
    regionFlag !== undefined
      ? { value: regionFlag, from: '--region' }
      : named
        ? { value: named, from: 'AWS_REGION' }
        : { value: firstRegionOf('aws'), from: 'first region of the partition aws' };
  return {
    region: checkedRegion(region),
    endpoint:
      facts.ignoreEndpoints === true ? undefined : checkedEndpoint(facts.endpointSts ?? facts.endpoint),
    fips: facts.fips ?? false,
    dualstack: facts.dualstack ?? false,
    caBundle: facts.caBundle,
  };
}
