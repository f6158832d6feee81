import type { CredentialSource } from './profile';

/** The alphabets of values that go to AWS, as guards: what fails here, AWS would refuse later and less clearly. */
type Check = (value: string) => value is string;

const matching =
  (pattern: RegExp): Check =>
  (value): value is string =>
    pattern.test(value);

/** STS, RoleSessionName. */
export const isSessionName = matching(/^[\w+=,.@-]{2,64}$/);
/** STS, ExternalId. */
export const isExternalId = matching(/^[\w+=,.@:/-]{2,1224}$/);
/** A region is a part of host names, so nothing but a label of one may pass (as botocore checks it). */
export const isRegion = matching(/^(?!\d+$)(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/);
export const isAccountId = matching(/^\d{12}$/);
export const isHttpUrl = matching(/^https?:\/\/[^\s/?#]+[^\s]*$/i);

export const CREDENTIAL_SOURCES: readonly CredentialSource[] = [
  'Environment',
  'Ec2InstanceMetadata',
  'EcsContainer',
];
export const isCredentialSource = (value: string): value is CredentialSource =>
  CREDENTIAL_SOURCES.some((source) => source === value);
