import { isBelieved, type Believed, type Uptime } from './believed';
import { staleNames } from './identity';
import { isCacheKey, type CacheKey } from './names';
import { ownRegion } from './request';

/**
 * What a run wrote that found its session stored, but for the two secrets, which are in the store alone. It is made of
 * the line, the files, the environment, the settings, the facts and that session, and of nothing else: as long as all of
 * them are as they were, the next run of the same line writes the same, and need not read and resolve what leads there.
 */
export interface ShortWay extends Grounds {
  /** Of the program that noted it, its sources included: another may write otherwise. */
  readonly version: string;
  readonly line: Line;
  /** The session's key in the store, and the key id that must be found there: another session has another. */
  readonly key: CacheKey;
  readonly accessKeyId: string;
  /** When that session is alive, and has as much left as the line asks for. */
  readonly believed: Believed;
  /** stdout: before, between and behind the secret and the token. */
  readonly text: Pieces;
  /** A terminal must not be shown it. */
  readonly hidden: boolean;
  readonly told: Told | null;
}

/** What called the function, as TSAWSUME_SHELL says (empty: nothing did), and the words of the line. */
export type Line = readonly [shell: string, ...words: string[]];

type Pieces = readonly [string, string, string];

/** What else is done for a shell that becomes somebody. */
export interface Told {
  /** The line that a person reads, up to the time that is left, already harmless. */
  readonly line: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** The file that says when the profile was used last. */
  readonly used: string;
}

/** What something that is remembered rests on. */
export interface Grounds {
  /** What of the environment leads there, as a text. */
  readonly environment: string;
  /** The files that were read or were not there, facts among them. */
  readonly paths: readonly string[];
  /** What tells one state of each from another; empty: there was none. */
  readonly stamps: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** The variables that a plan for a profile with a name is made of, and those that say where files are. */
export const DECIDING = [
  'HOME',
  'USERPROFILE',
  'TSAWSUME_HOME',
  'XDG_CONFIG_HOME',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_STS',
  'AWS_ENDPOINT_URL_IAM',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_CA_BUNDLE',
] as const;

/**
 * Those variables as a text; one that is empty is as good as none (semantics 1). The region is the user's own or none,
 * whoever the shell is just now.
 */
export const decidingEnvironment = (env: Env): string =>
  JSON.stringify([...DECIDING.map((name) => env[name] ?? ''), ownRegion(env)?.value ?? '']);

/** And what of it is in the text: the names to clear that are no constant of ours, and where the person's clock stands. */
export const writingEnvironment = (env: Env): string =>
  `${decidingEnvironment(env)}${JSON.stringify([env['TZ'] ?? null, ...staleNames(env)])}`;

/** The file that says where the person's clock stands, if TZ does not. */
export const ZONE_FILE = '/etc/localtime';

/** @param stampOf what tells a file as it is now from what it was; empty: there is none. */
export const stillHolds = (
  { environment, paths, stamps }: Grounds,
  now: string,
  stampOf: (path: string) => string,
): boolean => environment === now && paths.every((path, index) => stampOf(path) === stamps[index]);

/** A file's name may have 255 bytes, on every system that we know. */
const LONGEST_NAME = 200;

/**
 * Whether a line has no flag but `--format` and `--min-ttl`. Others want another session, and may hold a secret or a code,
 * which has no business in the name of a file, be it of one that is only looked for.
 */
const isPlain = (line: Line): boolean =>
  line.every((word) => !word.startsWith('-') || /^--(?:format|min-ttl)?(?:=|$)/.test(word));

/**
 * The file of a line's way; bin/tsawsume.js knows it, too. Two lines that met under one name would each take the other's
 * for none: the line is in it.
 * @returns undefined for a line of which none is noted: with other flags, too long for a name, or with half a character.
 */
export function wayName(line: Line): string | undefined {
  if (!isPlain(line)) return undefined;
  try {
    const name = encodeURIComponent(line.join(' '));
    return name.length > LONGEST_NAME ? undefined : `way-${name}.txt`;
  } catch {
    return undefined;
  }
}

/** A text, without two secrets that each stand in it once. Undefined where they do not. */
export function around(text: string, secret: string, token: string): Pieces | undefined {
  const [before = '', rest, ...more] = text.split(secret);
  const [between = '', after, ...others] = rest?.split(token) ?? [];
  const isOnce = after !== undefined && more.length + others.length === 0 && !before.includes(token);
  return isOnce ? [before, between, after] : undefined;
}

/** Raised whenever what is in it changes its meaning. */
const FORM = 2;

/**
 * Its JSON, twice: whether one bit has gone bad is then one comparison of V8's own, where a sum over it would be a fifth
 * of such a run's own work.
 */
export function formatWay(way: ShortWay): string {
  const line = `${JSON.stringify({ form: FORM, ...way })}\n`;
  return line + line;
}

/** @returns undefined for anything that `formatWay` of this version would not have written for this line. */
export function parseWay(text: string, line: Line, version: string): ShortWay | undefined {
  const half = text.slice(0, text.length / 2);
  const found = text === half + half ? parsed(half) : {};
  return isWay(found, version) && JSON.stringify(found.line) === JSON.stringify(line) ? found : undefined;
}

/**
 * Who wrote form and version, and the same twice, wrote all the rest as well: of that no more is looked at than what a
 * run would stumble over.
 */
function isWay(found: Fields, version: string): found is Fields & ShortWay {
  const { form, key, paths, stamps, text } = found;
  if (form !== FORM || found['version'] !== version || typeof key !== 'string' || !isCacheKey(key))
    return false;
  return isTexts(paths) && isTexts(stamps) && isTexts(text) && text.length === 3;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a line of JSON; none where it is something else. */
export function parsed(line: string): Fields {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

export const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one: unknown) => typeof one === 'string');

/** Whether it leads to the same end now. @param stampOf as of `stillHolds`. @param now milliseconds since the epoch. */
export const leadsThere = (
  way: ShortWay,
  env: Env,
  stampOf: (path: string) => string,
  now: number,
  uptime: Uptime,
): boolean => isBelieved(way.believed, now, uptime) && stillHolds(way, writingEnvironment(env), stampOf);
