import { resolveChain } from './chain';
import { parseInstant } from './instant';
import { howToHead } from './lookup';
import { describeOrigin, isProfileName, type ProfileName } from './names';
import type { Profiles } from './profile';
import { quoted } from './words';
import { TsawsumeError } from '../errors';

type Env = Readonly<Record<string, string | undefined>>;

/** One thing that was looked at. `fix` is what to do about it. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'problem';
  readonly what: string;
  readonly fix?: string;
}

/** Every profile, each with its whole chain: what is wrong with it, by file and line; or that all are well. */
export function profileFindings(profiles: Profiles): readonly Finding[] {
  const names = [...profiles.names()].sort();
  const bad = names.flatMap((name) => brokenChain(profiles, name) ?? []);
  const files = profiles.fileProblems().map(({ origin, message, hint }): Finding => {
    return { level: 'problem', what: `${describeOrigin(origin)}: ${message}`, fix: hint };
  });
  const strays = profiles.strays().map(({ name, origin }): Finding => {
    return {
      level: 'warning',
      what: `[${name}] is no profile (${describeOrigin(origin)})`,
      fix: howToHead(name),
    };
  });
  const good = names.length - bad.length;
  return [
    ...files,
    ...bad,
    ...strays,
    { level: 'ok', what: `${String(good)} of ${String(names.length)} profiles are well` },
  ];
}

function brokenChain(profiles: Profiles, name: ProfileName): Finding | undefined {
  // A profile of settings alone is asked for nothing by itself.
  if (profiles.asked(name)?.kind === 'none') return undefined;
  try {
    resolveChain(profiles, name);
    return undefined;
  } catch (error) {
    if (!(error instanceof TsawsumeError)) throw error;
    return {
      level: 'problem',
      what: error.message,
      ...(error.hint === undefined ? {} : { fix: error.hint }),
    };
  }
}

const CLEAR = 'clear them: tsawsume --unset';

/** What the shell's own variables do to whoever looks for credentials in it: they win over every profile. */
export function environmentFindings(env: Env, profiles: Profiles, now: number): readonly Finding[] {
  const has = (name: string): boolean => (env[name] ?? '') !== '';
  const own = env['TSAWSUME_PROFILE'] ?? '';
  const found: Finding[] = [];
  const warn = (what: string, fix: string): void => void found.push({ level: 'warning', what, fix });
  if (has('AWS_ACCESS_KEY_ID') !== has('AWS_SECRET_ACCESS_KEY'))
    warn('half a key pair is set: AWS_ACCESS_KEY_ID goes with AWS_SECRET_ACCESS_KEY', CLEAR);
  else if (has('AWS_ACCESS_KEY_ID') && own === '')
    warn('AWS_ACCESS_KEY_ID is set, and not by tsawsume: it wins over every profile', CLEAR);
  const expiresAt = parseInstant(env['AWS_CREDENTIAL_EXPIRATION'] ?? '');
  if (has('AWS_ACCESS_KEY_ID') && expiresAt !== undefined && expiresAt <= now)
    warn(
      `the session of this shell has expired${own === '' ? '' : `: it was ${quoted(own)}`}`,
      own === '' ? CLEAR : `get another: tsawsume ${own}`,
    );
  for (const name of ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']) {
    const value = env[name] ?? '';
    if (value !== '' && !(isProfileName(value) && profiles.has(value)))
      warn(`${name} names ${quoted(value)}, which no file has`, `unset ${name}, or write that profile`);
  }
  if (found.length > 0) return found;
  const who = own === '' ? 'nobody' : quoted(own);
  return [{ level: 'ok', what: `the variables of this shell agree: it is ${who}` }];
}
