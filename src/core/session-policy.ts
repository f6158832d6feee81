import { usage } from '../errors';
import { jsonFault } from './json-fault';

/** STS, AssumeRole: Policy and PolicyArns. */
const MOST_CHARACTERS = 2048;
const MOST_ARNS = 10;
const HINT = 'give {"Version": "2012-10-17", "Statement": […]}, or @FILE';

/**
 * A session policy, without the white space between its parts, since STS counts every character.
 * @param where the flag, or the file it named. Throws `usage` for what is no JSON object or longer than STS takes.
 */
export function minifiedPolicy(text: string, where: string): string {
  const source = text.replace(/^\ufeff/, '');
  let parsed: unknown;
  try {
    parsed = JSON.parse(source);
  } catch {
    throw usage(`the session policy is no JSON (${where}${lineOfFault(source)})`, HINT);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw usage(`the session policy is no JSON object (${where})`, HINT);
  // Strings stay as they are; JSON.stringify would lose a key that stands twice, which is for STS to judge.
  const policy = source.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
  if (policy.length <= MOST_CHARACTERS) return policy;
  throw usage(
    `the session policy has ${String(policy.length)} characters, and STS takes ${String(MOST_CHARACTERS)} (${where})`,
    'shorten it, or make it a managed policy: --session-policy-arns',
  );
}

function lineOfFault(source: string): string {
  const at = jsonFault(source);
  return at === undefined ? '' : `:${String(source.slice(0, at).split('\n').length)}`;
}

/** The managed policies of `--session-policy-arns`. Throws `usage` for what is no policy's ARN. */
export function checkedPolicyArns(arns: readonly string[]): readonly string[] {
  const bad = arns.find((arn) => !/^arn:[\w-]+:iam::(aws|\d{12}):policy\/[\x21-\x7e]+$/.test(arn));
  if (bad !== undefined)
    throw usage(
      '--session-policy-arns has something that is no ARN of a policy',
      'write it as arn:aws:iam::aws:policy/ReadOnlyAccess; several: between commas, or the flag again',
    );
  if (arns.length <= MOST_ARNS) return arns;
  throw usage(
    `--session-policy-arns names ${String(arns.length)} policies, and STS takes ${String(MOST_ARNS)}`,
    'join some of them in one managed policy',
  );
}
