import { isCacheKey, isProfileName, type CacheKey, type ProfileName } from './names';
import type { Inputs, SessionStore } from './ports';
import { ownRegion } from './request';
import { isSame } from './same';

/**
 * Where a run came to that found its session stored. The plan is made of the files, the environment, the settings and
 * the facts, and of nothing else: as long as all of them are as they were, the next run for the same word comes to the
 * same place, and need not read and resolve what leads there. Holds no secret.
 */
export interface ShortWay {
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
  /** Seconds that the session must have left. */
  readonly minTtlSeconds: number;
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

const factOf = (word: string): string => `way ${word}`;

export function rememberWay(store: SessionStore, { profile, region, ...way }: ShortWay): void {
  const value: Inputs = { region: region ?? null, ...way };
  const before = store.recall(factOf(profile));
  if (before === undefined || !isSame(before, value)) store.remember(factOf(profile), value, 'silently');
}

/** @returns undefined where there is none. */
export function recallWay(store: Pick<SessionStore, 'recall'>, word: string): ShortWay | undefined {
  const found = store.recall(factOf(word));
  if (found === undefined || !isProfileName(word)) return undefined;
  const { version, region, environment, key, inputs, ofUser, minTtlSeconds, paths, stamps } = found;
  if (typeof key !== 'string' || !isCacheKey(key) || typeof inputs !== 'string') return undefined;
  if (typeof version !== 'string' || typeof environment !== 'string') return undefined;
  if (typeof minTtlSeconds !== 'number' || !isTexts(paths) || !isTexts(stamps)) return undefined;
  if (paths.length !== stamps.length || typeof ofUser !== 'boolean') return undefined;
  if (region !== null && typeof region !== 'string') return undefined;
  return {
    version,
    profile: word,
    region: region ?? undefined,
    key,
    inputs,
    ofUser,
    minTtlSeconds,
    environment,
    paths,
    stamps,
  };
}

const isTexts = (value: Inputs[string] | undefined): value is readonly string[] =>
  Array.isArray(value) && value.every((one: unknown) => typeof one === 'string');
