import { badProfile } from '../errors';
import { isNameOrTemplate } from './session-name-template';
import type { Settings } from './settings';
import { isRegion } from './target';
import { describeSeconds, parseDuration } from './time';

/** A value as it stands in the settings file; a key within another is `outer.inner`. Lines count from 1. */
export interface SettingEntry {
  readonly key: string;
  readonly value: unknown;
  readonly line: number;
}

/** One key of the settings file: awsume's names, and ours. */
export interface SettingKey {
  readonly key: string;
  readonly meaning: string;
  /** What counts where the file does not say, in words. */
  readonly fallback: string;
  /** What a value must be, in words. */
  readonly wants: string;
  /** Undefined: the value is not one. */
  read(value: unknown): Partial<Settings> | undefined;
  /** The value that a word of the command line stands for; undefined, or one that `read` refuses: none. */
  typed(word: string): unknown;
}

const asText = (word: string): unknown => word;
const asSwitch = (word: string): unknown =>
  /^(true|yes|on)$/i.test(word) ? true : /^(false|no|off)$/i.test(word) ? false : word;
const asNumber = (word: string): unknown => (/^\d{1,9}$/.test(word) ? Number(word) : word);

const text =
  (make: (value: string) => Partial<Settings>) =>
  (value: unknown): Partial<Settings> | undefined =>
    typeof value === 'string' && value !== '' ? make(value) : undefined;
const flag =
  (make: (value: boolean) => Partial<Settings>) =>
  (value: unknown): Partial<Settings> | undefined =>
    typeof value === 'boolean' ? make(value) : undefined;

function duration(value: unknown): Partial<Settings> | undefined {
  const given = typeof value === 'number' || typeof value === 'string';
  const roleDuration = given ? parseDuration(String(value)) : undefined;
  if (roleDuration === undefined) return undefined;
  // awsume writes 0 into every settings file, and means: none.
  return roleDuration === 0 ? {} : { roleDuration };
}

/** Every key, in the order in which they are listed. */
export const SETTING_KEYS: readonly SettingKey[] = [
  {
    key: 'region',
    meaning: 'the region where no profile names one',
    fallback: 'none',
    wants: 'a region such as eu-central-1',
    read: text((region) => ({ region })),
    typed: (word) => (isRegion(word) ? word : undefined),
  },
  {
    key: 'role-duration',
    meaning: 'how long a role lasts where neither flag nor profile says',
    fallback: `${describeSeconds(3600)}, AWS's own`,
    wants: 'seconds, or such as 1h, 90m',
    read: duration,
    typed: asNumber,
  },
  {
    key: 'role-session-name',
    meaning: 'what CloudTrail shows where the profile does not say; knows {user}, {host}, {profile}',
    fallback: "the profile's name",
    wants: '2 to 64 letters, digits or any of _+=,.@-, or a template such as {user}@{host}',
    read: text((roleSessionName) => ({ roleSessionName })),
    typed: (word) => (isNameOrTemplate(word) ? word : undefined),
  },
  {
    key: 'mfa-process',
    meaning: 'a command that prints the MFA code',
    fallback: 'none: a person is asked',
    wants: 'a command',
    read: text((mfaProcess) => ({ mfaProcess })),
    typed: asText,
  },
  {
    key: 'config-file',
    meaning: 'the config file, where AWS_CONFIG_FILE is not set',
    fallback: '~/.aws/config',
    wants: 'a path',
    read: text((configFile) => ({ configFile })),
    typed: asText,
  },
  {
    key: 'credentials-file',
    meaning: 'the credentials file, where AWS_SHARED_CREDENTIALS_FILE is not set',
    fallback: '~/.aws/credentials',
    wants: 'a path',
    read: text((credentialsFile) => ({ credentialsFile })),
    typed: asText,
  },
  {
    key: 'store',
    meaning: 'where sessions are kept: in files of 0600, or in the keyring by @napi-rs/keyring',
    fallback: 'file',
    wants: 'file or keyring',
    read: (store) => (store === 'file' || store === 'keyring' ? { store } : undefined),
    typed: asText,
  },
  {
    key: 'fuzzy-match',
    meaning: 'take the nearest profile where none has the name',
    fallback: 'false',
    wants: 'true or false',
    read: flag((fuzzyMatch) => ({ fuzzyMatch })),
    typed: asSwitch,
  },
  {
    key: 'colors',
    meaning: 'colours on the terminal',
    fallback: 'true',
    wants: 'true or false',
    read: flag((colors) => ({ colors })),
    typed: asSwitch,
  },
];

export const settingKey = (name: string): SettingKey | undefined =>
  SETTING_KEYS.find(({ key }) => key === name);

/**
 * The settings that a file's entries make. Keys that we do not know are left alone: they may be a later tsawsume's, or
 * awsume's plugins'. Throws `profile`, with file:line, for a value that is not one.
 */
export function settingsOf(file: string, entries: readonly SettingEntry[]): Settings {
  let settings: Settings = { file };
  const lines: Record<string, number> = {};
  for (const { key, value, line } of entries) {
    const known = settingKey(key);
    if (known === undefined) continue;
    const read = known.read(value);
    if (read === undefined)
      throw badProfile(
        `the setting ${key} has no usable value (${file}:${String(line)})`,
        `it wants ${known.wants}: tsawsume config set ${key} VALUE, or tsawsume config reset ${key}`,
      );
    settings = { ...settings, ...read };
    lines[key] = line;
  }
  return { ...settings, lines };
}
