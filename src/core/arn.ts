import { isRoleArn, type RoleArn } from './names';

/** The partition of an ARN: `aws`, `aws-cn`, `aws-us-gov`… */
export const partitionOf = (arn: string): string => arn.split(':')[1] ?? 'aws';

/** The twelve-digit account of an ARN, or undefined. */
export const accountOf = (arn: string): string | undefined =>
  /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];

/** The role's name, without its path. */
export const roleNameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/**
 * A role as awsume's users write it: an ARN, or `[partition:]account:role` where the role may have a path.
 * Undefined when it is neither.
 */
export function parseRole(text: string): RoleArn | undefined {
  if (isRoleArn(text)) return text;
  const match = /^(?:(aws[\w-]*):)?(\d{12}):(?:role\/)?([\w+=,.@/-]+)$/.exec(text);
  if (!match) return undefined;
  const arn = `arn:${match[1] ?? 'aws'}:iam::${match[2] ?? ''}:role/${match[3] ?? ''}`;
  return isRoleArn(arn) ? arn : undefined;
}

/** The mere name of a role, perhaps with its path: `supervise`, `team/supervise`. */
export const isRoleName = (text: string): boolean => /^(?!\d{12}$)[\w+=,.@-]+(\/[\w+=,.@-]+)*$/.test(text);

/**
 * The region STS is called in when nobody names one: the partition's first, where STS is always active.
 * From the partitions table of the AWS SDKs.
 */
const FIRST_REGION: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
};

const REGION_PREFIXES: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
];

/** The partition a region belongs to, by the beginnings that the SDKs' partitions table has. */
export const partitionOfRegion = (region: string): string =>
  REGION_PREFIXES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';

export const firstRegionOf = (partition: string): string => FIRST_REGION[partition] ?? 'us-east-1';
