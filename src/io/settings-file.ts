import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Inputs, SessionStore } from '../core/ports';
import { settingsOf, type SettingEntry } from '../core/setting-keys';
import type { Settings } from '../core/settings';
import { badProfile, refused, TsawsumeError } from '../errors';
import type { SettingsFile } from '../world';
import { errorCode } from './error-code';
import { isThere, stateOfPath } from './file-state';
import { whatFailed, writePrivateFile } from './private-file';

/** Where what was parsed is kept: the YAML reader alone costs 8 ms of 60. */
export type SettingsMemory = Pick<SessionStore, 'recall' | 'remember'>;

/**
 * Reads the settings file. A missing one is no settings; the YAML reader is loaded only for one that is there and has
 * changed since it was last parsed. Throws `profile`, naming file:line, for one that is no YAML or holds a value that
 * is not one.
 */
export async function readSettings(
  file: string,
  memory: SettingsMemory,
  now: () => number,
): Promise<Settings> {
  const state = stateOfPath(file);
  if (!isThere(state)) return {};
  const { stamp, settledAt } = state;
  const known = remembered(memory.recall(`settings ${file}`), stamp);
  if (known !== undefined) {
    try {
      return settingsOf(file, known);
    } catch (error) {
      // What an earlier tsawsume did not know and we do not like is looked at again.
      if (!(error instanceof TsawsumeError)) throw error;
    }
  }
  const entries = await parse(file, textOf(file));
  const settings = settingsOf(file, entries);
  if (settledAt !== undefined && settledAt <= now()) {
    const plain = entries.flatMap(asInputs);
    if (plain.length === entries.length) memory.remember(`settings ${file}`, { stamp, entries: plain });
  }
  return settings;
}

async function parse(file: string, source: string): Promise<readonly SettingEntry[]> {
  if (source.trim() === '') return [];
  const { parseSettings } = await import('./settings');
  return parseSettings(source, file).entries();
}

function asInputs({ key, value, line }: SettingEntry): Inputs[] {
  const plain = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  return plain && isPlain(value) ? [{ key, value, line }] : [];
}

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

function remembered(fact: Inputs | undefined, stamp: string): readonly SettingEntry[] | undefined {
  const entries = fact?.['entries'];
  if (fact?.['stamp'] !== stamp || !Array.isArray(entries)) return undefined;
  const found: SettingEntry[] = [];
  const list: readonly unknown[] = entries;
  for (const entry of list) {
    if (typeof entry !== 'object' || entry === null) return undefined;
    const { key, value, line }: Readonly<Record<string, unknown>> = { ...entry };
    if (typeof key !== 'string' || typeof line !== 'number') return undefined;
    found.push({ key, value, line });
  }
  return found;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function textIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return '';
    throw unreadable(file, error);
  }
}

const unreadable = (file: string, error: unknown): TsawsumeError =>
  badProfile(`the settings file ${file} can't be read (${errorCode(error)})`, 'look at its permissions');

/**
 * The file to edit; a missing one is empty. Saved if it was changed, whole or not at all, 0600, through symlinks, its folder made 0700.
 * Throws `profile` for one that is no YAML.
 */
export async function openSettingsFile(path: string): Promise<SettingsFile> {
  const { parseSettings } = await import('./settings');
  const source = textIfThere(path);
  const parsed = parseSettings(source, path);
  return {
    path,
    ...parsed,
    save: () => {
      if (parsed.text() !== source) write(path, parsed.text());
    },
  };
}

/** Sets a file aside that can't be edited, and begins an empty one. Gives the path of the old. */
export function setAside(path: string): string {
  const aside = `${path}.bad`;
  write(aside, textOf(path));
  write(path, '');
  return aside;
}

function write(path: string, text: string): void {
  const folder = dirname(path);
  try {
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(folder, 0o700);
  } catch (error) {
    throw refused(`can't write ${path}: ${whatFailed(error)}`, undefined, { cause: error });
  }
  writePrivateFile(path, text);
}
