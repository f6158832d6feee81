import { refused } from '../errors';
import { joinCommandLine, type SplitRules } from './command-line';
import type { Request } from './request';

/** Paths of `--config-file` and `--credentials-file`, absolute: the process may be started anywhere. */
export interface GivenFiles {
  readonly config: string | undefined;
  readonly credentials: string | undefined;
}

/** What the command line says of the session, as words for another run: nothing of the environment or the settings. */
export function wishesOf(request: Request, files: GivenFiles): readonly string[] {
  const wishes: readonly (readonly [flag: string, value: string | undefined])[] = [
    ['--region', request.region?.value],
    ['--external-id', request.externalId?.value],
    ['--session-name', request.sessionName?.value],
    ['--role-duration', request.duration === undefined ? undefined : String(request.duration.value)],
    ...request.tags.map(({ key, value }) => ['--session-tags', `${key}=${value}`] as const),
    ['--transitive-tag-keys', listed(request.transitiveTagKeys)],
    ['--source-identity', request.sourceIdentity],
    ['--session-policy', request.policy],
    ['--session-policy-arns', listed(request.policyArns)],
    ['--config-file', files.config],
    ['--credentials-file', files.credentials],
  ];
  const role = request.role?.arn.value;
  const whose = role === undefined ? [] : [`--role-arn=${role}`, `--source-profile=${request.profile}`];
  return [...whose, ...wishes.flatMap(([flag, value]) => (value === undefined ? [] : [`${flag}=${value}`]))];
}

const listed = (values: readonly string[]): string | undefined =>
  values.length === 0 ? undefined : values.join(',');

/**
 * The `credential_process` that gives this session, and renews it. Each word is quoted: SDKs split it by Python's
 * `shlex` or let a shell do it, and both must see the same.
 * @param minTtl seconds; undefined: what tsawsume takes by itself.
 * @throws refused for a word that no line can carry.
 */
export function refresherCommand(
  program: readonly string[],
  request: Request,
  wishes: readonly string[],
  minTtl: number | undefined,
  rules: SplitRules,
): string {
  const ttl = minTtl === undefined ? [] : [`--min-ttl=${String(minTtl)}`];
  const profile = request.role === undefined ? ['--', request.profile] : [];
  const words = [...program, 'export', '--format=process', ...ttl, ...wishes, ...profile];
  if (words.some((word) => /[\0-\x1f\x7f]/.test(word)))
    throw refused(
      'a name or a value with control characters can be no part of a credential_process',
      'become this profile without --auto-refresh, or rename it',
    );
  return joinCommandLine(words, rules);
}
