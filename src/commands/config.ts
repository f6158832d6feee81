import { nearest } from '../core/nearest';
import { SETTING_KEYS, settingKey, type SettingEntry, type SettingKey } from '../core/setting-keys';
import { table } from '../core/table';
import { acquireOr } from '../core/waiting';
import { quoted } from '../core/words';
import { badProfile, TsawsumeError, usage } from '../errors';
import type { SettingsFile, World } from '../world';
import { answer } from './answer';

const ACTIONS = 'config get KEY, set KEY VALUE, reset [KEY], list or import [FILE]';

/** `tsawsume config …`: looks at the settings file and edits it, so that comments and the order of lines survive. */
export async function config(world: World, words: readonly string[], json: boolean): Promise<void> {
  const [action, key, value, ...rest] = words;
  const wrong = rest.length > 0 || (action !== 'set' && value !== undefined);
  if (!wrong && action === 'get' && key !== undefined) return get(world, known(key));
  if (!wrong && action === 'set' && key !== undefined && value !== undefined)
    return edited(world, (file) => set(world, file, known(key), value));
  if (!wrong && action === 'reset') return reset(world, key === undefined ? undefined : known(key));
  if (!wrong && action === 'list' && key === undefined) return list(world, json);
  if (!wrong && action === 'import') return take(world, key);
  throw usage('config wants to know what to do', ACTIONS);
}

function known(name: string): SettingKey {
  const key = settingKey(name);
  if (key !== undefined) return key;
  const names = SETTING_KEYS.map((each) => each.key);
  const near = nearest(name, names);
  throw usage(
    `there is no setting ${quoted(name)}`,
    near.length > 0 ? `did you mean ${near.join(', ')}?` : `there are: ${names.join(', ')}`,
  );
}

/** The last of a key that stands twice counts, as in AWS's files. */
const entryOf = (file: SettingsFile, { key }: SettingKey): SettingEntry | undefined =>
  file.entries().findLast((entry) => entry.key === key);

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

async function get(world: World, key: SettingKey): Promise<void> {
  const entry = entryOf(await world.settingsFile(), key);
  if (entry !== undefined) answer(world, `${shown(entry.value)}\n`);
  else world.people.say(`${key.key} is not set: ${key.fallback}`);
}

function set(world: World, file: SettingsFile, key: SettingKey, word: string): void {
  const value = key.typed(word);
  if (key.read(value) === undefined) throw usage(`${key.key} wants ${key.wants}`, ACTIONS);
  file.set(key.key, value);
  world.people.say(`${key.key}: ${shown(value)} (${file.path})`);
}

async function reset(world: World, key: SettingKey | undefined): Promise<void> {
  const keys = key === undefined ? SETTING_KEYS : [key];
  const remove = (file: SettingsFile): void => {
    const there = keys.filter((each) => entryOf(file, each) !== undefined);
    for (const { key: name } of there) file.remove(name);
    for (const { key: name, fallback } of there) world.people.say(`${name} is not set any more: ${fallback}`);
    if (there.length === 0) world.people.say('nothing was set');
  };
  if (key !== undefined) return edited(world, remove);
  const aside = await world.setAsideBadSettings();
  if (aside === undefined) return edited(world, remove);
  world.people.say(`the settings were not readable; they begin anew, and the old ones are in ${aside}`);
}

/** One writer at a time, so that none undoes what another has just set. */
async function edited(world: World, edit: (file: SettingsFile) => void): Promise<void> {
  const say = (line: string): void => world.people.warn(line);
  const ports = {
    locks: await world.locks(),
    now: () => world.now(),
    sleep: (ms: number) => world.sleep(ms),
    say,
  };
  const lock = await acquireOr('settings', (): undefined => undefined, ports);
  try {
    const file = await world.settingsFile();
    edit(file);
    file.save();
  } finally {
    if ('release' in lock) lock.release();
  }
}

async function list(world: World, json: boolean): Promise<void> {
  const file = await world.settingsFile();
  const rows = SETTING_KEYS.map((key) => {
    const entry = entryOf(file, key);
    const at = entry === undefined ? 'default' : `${file.path}:${String(entry.line)}`;
    const value = entry === undefined ? key.fallback : shown(entry.value);
    return { key: key.key, value, from: at, meaning: key.meaning, bad: entry && isBad(key, entry) };
  });
  if (json) {
    const plain = rows.map(({ bad, ...row }) =>
      bad === true ? { ...row, problem: 'no usable value' } : row,
    );
    answer(world, `${JSON.stringify(plain, undefined, 2)}\n`);
  } else {
    const cells = rows.map(({ key, value, from, meaning }) => [key, value, from, meaning]);
    answer(world, table([['KEY', 'VALUE', 'FROM', 'MEANING'], ...cells], world.out.columns));
  }
  for (const { key, bad, from } of rows)
    if (bad === true)
      world.people.warn(`the setting ${key} has no usable value (${from}): tsawsume config reset ${key}`);
  tellUnknown(world, file);
}

const isBad = (key: SettingKey, { value }: SettingEntry): boolean => key.read(value) === undefined;

function tellUnknown(world: World, file: SettingsFile): void {
  for (const { key, line } of file.entries()) {
    if (settingKey(key) !== undefined) continue;
    const near = nearest(
      key,
      SETTING_KEYS.map((each) => each.key),
    );
    const meant = near.length > 0 ? `: did you mean ${near.join(', ')}?` : '';
    world.people.warn(`tsawsume knows no setting ${quoted(key)} (${file.path}:${String(line)})${meant}`);
  }
}

/** `config import [FILE]`: takes over what awsume's settings say and ours do not. awsume's file stays as it is. */
async function take(world: World, named: string | undefined): Promise<void> {
  const path = named ?? world.awsumeSettings();
  if (path === undefined)
    throw usage('there are no settings of awsume to take over', 'name the file: config import FILE');
  world.readText(path);
  const theirs = await theirSettings(world, path);
  const { people } = world;
  let taken = 0;
  await edited(world, (file) => {
    for (const { key: name, value, line } of theirs.entries()) {
      const at = `${path}:${String(line)}`;
      const key = settingKey(name);
      if (key === undefined) people.say(`${name} is left: tsawsume knows no such setting (${at})`);
      else if (key.read(value) === undefined) people.say(`${name} is left: no usable value (${at})`);
      else if (name === 'role-duration' && value === 0) continue;
      else if (entryOf(file, key) !== undefined) people.say(`${name} is left: it is set already`);
      else {
        file.set(name, value);
        taken += 1;
        people.say(`${name}: ${shown(value)}`);
      }
    }
  });
  people.say(
    taken === 0 ? 'nothing was left to take over' : `taken over into ${(await world.settingsFile()).path}`,
  );
}

async function theirSettings(world: World, path: string): Promise<SettingsFile> {
  try {
    return await world.settingsFile(path);
  } catch (error) {
    // The usual advice is to begin anew, and that is about our file.
    if (!(error instanceof TsawsumeError)) throw error;
    throw badProfile(error.message, 'mend that file, or set what you need: tsawsume config set KEY VALUE');
  }
}
