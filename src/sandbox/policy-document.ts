import { AwsError } from './aws-error';
import type { Trust } from './model';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** @throws MalformedPolicyDocument (400) for what is no policy. */
export function checkDocument(text: string): void {
  if (field(parsed(text), 'Statement') === undefined)
    throw new AwsError(400, 'MalformedPolicyDocument', 'Syntax errors in policy.');
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/**
 * Of all that a policy can say the sandbox obeys this: deny everything to sessions older than a time.
 * Milliseconds UTC; undefined: it says something else.
 */
export function deniesOlderThan(text: string): number | undefined {
  const times = list(field(parsed(text), 'Statement')).flatMap((statement) => {
    const whole = ['Action', 'Resource'].every((name) => list(field(statement, name)).includes('*'));
    const time = field(field(field(statement, 'Condition'), 'DateLessThan'), 'aws:TokenIssueTime');
    return whole && field(statement, 'Effect') === 'Deny' && typeof time === 'string'
      ? [Date.parse(time)]
      : [];
  });
  return times.length === 0 ? undefined : Math.max(...times);
}

/** A role's trust as the document that IAM lists. */
export function trustDocument({ principals, mfa, externalId, webIdentity }: Trust): object {
  const condition = {
    ...(mfa === undefined ? {} : { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    ...(mfa?.maxAgeSeconds === undefined
      ? {}
      : { NumericLessThan: { 'aws:MultiFactorAuthAge': String(mfa.maxAgeSeconds) } }),
    ...(externalId === undefined ? {} : { StringEquals: { 'sts:ExternalId': externalId } }),
  };
  const trusted = principals.length === 1 ? principals[0] : principals;
  const byName = {
    Effect: 'Allow',
    Principal: { AWS: trusted },
    Action: 'sts:AssumeRole',
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
  const byToken = {
    Effect: 'Allow',
    Principal: { Federated: webIdentity?.provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
  };
  return {
    Version: '2012-10-17',
    Statement: [...(principals.length > 0 ? [byName] : []), ...(webIdentity === undefined ? [] : [byToken])],
  };
}
