import { readFileSync } from 'node:fs';
import { badProfile } from '../errors';
import type { Settings } from '../core/settings';
import { parseDuration } from '../core/time';
import { errorCode } from './error-code';

/** How each key of the file is read: awsume's names, and ours. Undefined: the value is not one. */
const KEYS: Readonly<Record<string, (value: unknown) => Partial<Settings> | undefined>> = {
  region: text((region) => ({ region })),
  'role-duration': (value) => {
    const roleDuration =
      typeof value === 'number' || typeof value === 'string' ? parseDuration(String(value)) : undefined;
    return roleDuration === undefined ? undefined : { roleDuration };
  },
  'role-session-name': text((roleSessionName) => ({ roleSessionName })),
  'mfa-process': text((mfaProcess) => ({ mfaProcess })),
  'config-file': text((configFile) => ({ configFile })),
  'credentials-file': text((credentialsFile) => ({ credentialsFile })),
  'fuzzy-match': flag((fuzzyMatch) => ({ fuzzyMatch })),
  colors: flag((colors) => ({ colors })),
};

function text(make: (value: string) => Partial<Settings>) {
  return (value: unknown): Partial<Settings> | undefined =>
    typeof value === 'string' && value !== '' ? make(value) : undefined;
}

function flag(make: (value: boolean) => Partial<Settings>) {
  return (value: unknown): Partial<Settings> | undefined =>
    typeof value === 'boolean' ? make(value) : undefined;
}

/**
 * Reads the settings file. A missing one is no settings; the YAML reader is loaded only for one that is there. Throws
 * `profile`, naming file:line, for one that is no YAML or holds a value that is not one. Keys that we do not know are
 * left alone: they may be a later tsawsume's.
 */
export async function readSettings(file: string): Promise<Settings> {
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return {};
    throw badProfile(
      `the settings file ${file} can't be read (${errorCode(error)})`,
      'look at its permissions',
    );
  }
  if (source.trim() === '') return {};
  const { LineCounter, isMap, isScalar, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter });
  const at = (offset: number | undefined): string =>
    `${file}:${String(lineCounter.linePos(offset ?? 0).line)}`;
  const [error] = document.errors;
  if (error !== undefined)
    throw badProfile(
      `the settings are not valid YAML (${at(error.pos[0])})`,
      'write lines such as region: eu-central-1',
    );
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return {};
  if (!isMap(contents))
    throw badProfile(
      `the settings are not key: value lines (${at(0)})`,
      'write lines such as region: eu-central-1',
    );
  let settings: Settings = { file };
  for (const { key, value } of contents.items) {
    if (!isScalar(key) || typeof key.value !== 'string') continue;
    const read = Object.hasOwn(KEYS, key.value) ? KEYS[key.value] : undefined;
    if (read === undefined) continue;
    const found = read(isScalar(value) ? value.value : undefined);
    if (found === undefined)
      throw badProfile(
        `the setting ${key.value} has no usable value (${at(key.range[0])})`,
        'write it as docs and README show, or remove the line',
      );
    settings = { ...settings, ...found };
  }
  return settings;
}
