import { AwsError, validationError } from './aws-error';
import { Constraints, wholeNumber } from './constraints';
import type { Tag } from './model';
import type { Params } from './query';

/** What both ways of assuming a role have in common, checked by STS's own alphabets and limits. */
export interface RoleWish {
  readonly roleArn: string;
  readonly sessionName: string;
  /** Seconds. */
  readonly duration: number;
  /** Percent of the room for policies and tags; absent when neither was sent. */
  readonly packedPolicySize?: number;
  readonly tags: readonly Tag[];
  readonly transitiveKeys: readonly string[];
  readonly sourceIdentity?: string;
  readonly externalId?: string;
}

/** Characters that a session policy and its packed form may take. */
const POLICY_ROOM = 2048;
const ANY = '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+';
const NAME = '[\\w+=,.@-]*';
const TAG_TEXT = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*';

/**
 * @param extra more checks of the action's own, so that all that is wrong is told at once
 * @throws ValidationError, MalformedPolicyDocument, PackedPolicyTooLarge, InvalidParameterValue (400)
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (Request Parameters)
 */
export function readRoleWish(params: Params, extra: (constraints: Constraints) => void): RoleWish {
  const asked = wholeNumber(params.get('DurationSeconds'));
  const constraints = new Constraints();
  const roleArn = constraints.required('roleArn', params.get('RoleArn'));
  const sessionName = constraints.required('roleSessionName', params.get('RoleSessionName'));
  if (roleArn !== '') constraints.text('roleArn', roleArn, [20, 2048], ANY);
  if (params.get('RoleSessionName') !== undefined) {
    constraints.text('roleSessionName', sessionName, [2, 64], NAME);
  }
  const [sourceIdentity, externalId] = [params.get('SourceIdentity'), params.get('ExternalId')];
  constraints.range('durationSeconds', asked, [900, 43_200]);
  constraints.text('externalId', externalId, [2, 1224], '[\\w+=,.@:\\/-]*');
  constraints.text('sourceIdentity', sourceIdentity, [2, 64], NAME);
  constraints.text('policy', params.get('Policy'), [1, POLICY_ROOM], ANY);
  const tags = readTags(params, constraints);
  const transitiveKeys = params.strings('TransitiveTagKeys');
  const packedPolicySize = pack(params, tags, constraints);
  extra(constraints);
  constraints.done();

  if (!/^arn:[\w-]+:iam::\d{12}:role\/[\x21-\x7e]+$/.test(roleArn))
    throw validationError(`${roleArn} is invalid`);
  checkPolicy(params.get('Policy'));
  checkTagKeys(tags, transitiveKeys);
  if (packedPolicySize !== undefined && packedPolicySize > 100) {
    throw new AwsError(
      400,
      'PackedPolicyTooLarge',
      `Serialized token too large for session: packed policy consumes ${packedPolicySize}% of allotted space`,
    );
  }
  return {
    roleArn,
    sessionName,
    duration: asked ?? 3600,
    tags,
    transitiveKeys,
    ...(packedPolicySize === undefined ? {} : { packedPolicySize }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...(externalId === undefined ? {} : { externalId }),
  };
}

function readTags(params: Params, constraints: Constraints): readonly Tag[] {
  const tags = params.members('Tags').map((member) => ({
    key: member.get('Key') ?? '',
    value: member.get('Value') ?? '',
  }));
  tags.forEach(({ key, value }, index) => {
    constraints.text(`tags.${index + 1}.member.key`, key, [1, 128], TAG_TEXT);
    constraints.text(`tags.${index + 1}.member.value`, value, [0, 256], TAG_TEXT);
  });
  constraints.list('tags', tags.length, 50);
  return tags;
}

/** AWS packs policies and tags into a binary form nobody else knows; their plain length stands in for it. */
function pack(params: Params, tags: readonly Tag[], constraints: Constraints): number | undefined {
  const arns = params.members('PolicyArns').map((member) => member.get('arn') ?? '');
  arns.forEach((arn, index) => constraints.text(`policyArns.${index + 1}.member.arn`, arn, [20, 2048], ANY));
  constraints.list('policyArns', arns.length, 10);
  const policy = params.get('Policy');
  if (policy === undefined && arns.length === 0 && tags.length === 0) return undefined;
  const text = (policy ?? '') + arns.join('') + tags.map(({ key, value }) => key + value).join('');
  return Math.max(1, Math.ceil((text.length * 100) / (2 * POLICY_ROOM)));
}

function checkPolicy(policy: string | undefined): void {
  if (policy === undefined) return;
  const malformed = new AwsError(400, 'MalformedPolicyDocument', 'This policy contains invalid Json');
  let parsed: unknown;
  try {
    parsed = JSON.parse(policy);
  } catch {
    throw malformed;
  }
  if (typeof parsed !== 'object' || parsed === null || !('Statement' in parsed)) {
    throw new AwsError(400, 'MalformedPolicyDocument', 'Syntax errors in policy.');
  }
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_know */
function checkTagKeys(tags: readonly Tag[], transitive: readonly string[]): void {
  const invalid = (message: string): AwsError => new AwsError(400, 'InvalidParameterValue', message);
  const keys = new Set(tags.map(({ key }) => key.toLowerCase()));
  if (keys.size !== tags.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if (tags.some(({ key }) => key.toLowerCase().startsWith('aws:'))) {
    throw invalid('One or more tag keys begin with the reserved prefix aws:');
  }
  if (transitive.some((key) => !keys.has(key.toLowerCase()))) {
    throw invalid('The specified transitive tag key must be included in the requested tags.');
  }
}
