import { checksum } from './checksum';
import { isCacheKey, isProfileName, type CacheKey, type ProfileName } from './names';
import { ownRegion } from './request';

/**
 * Where a run came to that found its session stored. The plan is made of the files, the environment, the settings and
 * the facts, and of nothing else: as long as all of them are as they were, the next run for the same word comes to the
 * same place, and need not read and resolve what leads there. Holds no secret.
 */
export interface ShortWay extends Grounds {
  /** The version of the program that noted it: another may plan otherwise. */
  readonly version: string;
  /** The word that was typed. */
  readonly profile: ProfileName;
  /** The region to export; undefined: the user's own stays. */
  readonly region: string | undefined;
  /** The session's key in the store, and what it must have been stored for, as JSON. */
  readonly key: CacheKey;
  readonly inputs: string;
  /** A user's own session, which its line on stderr says. */
  readonly ofUser: boolean;
}

/** What something that is remembered rests on. */
export interface Grounds {
  /** What of the environment leads there: see `decidingEnvironment`. */
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

/** @param stampOf what tells a file as it is now from what it was; empty: there is none. */
export const stillHolds = (grounds: Grounds, env: Env, stampOf: (path: string) => string): boolean =>
  grounds.environment === decidingEnvironment(env) &&
  grounds.paths.every((path, index) => stampOf(path) === grounds.stamps[index]);

/** A file's name may have 255 bytes, on every system that we know. */
const LONGEST_NAME = 200;

/**
 * The file of one. By the word itself, wherever it can be: bin/tsawsume.js looks whether there is one before it reads
 * what would go it. Two words that met would each take the other's for none: the word is in the file.
 */
export function wayName(word: string): string {
  return `way-${encoded(word) ?? checksum(word)}.txt`;
}

/** @returns undefined where a word is too long for a name, or half a character stands alone in it. */
function encoded(word: string): string | undefined {
  try {
    const name = encodeURIComponent(word);
    return name.length > LONGEST_NAME ? undefined : name;
  } catch {
    return undefined;
  }
}

/** Raised whenever what is in it changes its meaning. */
const FORM = 1;

/**
 * Its JSON, twice: whether one bit has gone bad is then one comparison of V8's own, where a sum over it would be a fifth
 * of such a run's own work.
 */
export function formatWay({ region, ...way }: ShortWay): string {
  const line = `${JSON.stringify({ form: FORM, ...way, region: region ?? null })}\n`;
  return line + line;
}

/** @returns undefined for anything that `formatWay` would not have written for this word. */
export function parseWay(text: string, word: string): ShortWay | undefined {
  const line = text.slice(0, text.length / 2);
  const found = text === line + line ? parsed(line) : {};
  const { form, version, profile, region, environment, key, inputs, ofUser, paths, stamps } = found;
  if (form !== FORM || profile !== word || !isProfileName(word)) return undefined;
  if (typeof key !== 'string' || !isCacheKey(key) || typeof inputs !== 'string') return undefined;
  if (typeof version !== 'string') return undefined;
  if (typeof environment !== 'string') return undefined;
  if (typeof ofUser !== 'boolean' || (region !== null && typeof region !== 'string')) return undefined;
  if (!isTexts(paths) || !isTexts(stamps) || paths.length !== stamps.length) return undefined;
  return {
    version,
    profile: word,
    region: region ?? undefined,
    key,
    inputs,
    ofUser,
    environment,
    paths,
    stamps,
  };
}

/** The fields of a line of JSON; none where it is something else. */
export function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

export const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one: unknown) => typeof one === 'string');
