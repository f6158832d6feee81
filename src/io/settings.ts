import { LineCounter, isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { settingKey, type SettingEntry } from '../core/setting-keys';
import { badProfile } from '../errors';

/** The text of a settings file, to look at and to edit: comments and the order of lines survive. */
export interface SettingsText {
  entries(): readonly SettingEntry[];
  set(key: string, value: unknown): void;
  remove(key: string): void;
  text(): string;
}

const HINT = 'write lines such as region: eu-central-1, or begin anew: tsawsume config reset';

/** Throws `profile`, naming file:line, for what is no YAML or no `key: value` lines. */
export function parseSettings(source: string, file: string): SettingsText {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter });
  const line = (offset: number | undefined): number => lineCounter.linePos(offset ?? 0).line;
  const [error] = document.errors;
  if (error !== undefined)
    throw badProfile(`the settings are not valid YAML (${file}:${String(line(error.pos[0]))})`, HINT);
  // `---` alone is a value that is not there.
  if (isScalar(document.contents) && document.contents.value === null) document.contents = null;
  if (document.contents !== null && !isMap(document.contents))
    throw badProfile(
      `the settings are not key: value lines (${file}:${String(line(document.contents.range[0]))})`,
      HINT,
    );

  function walk(map: YAMLMap, prefix: string): SettingEntry[] {
    return map.items.flatMap(({ key, value }): SettingEntry[] => {
      if (!isScalar(key) || typeof key.value !== 'string') return [];
      const name = `${prefix}${key.value}`;
      if (isMap(value) && settingKey(name) === undefined) return walk(value, `${name}.`);
      const plain: unknown = isScalar(value) ? value.value : undefined;
      return [{ key: name, value: plain, line: line(key.range?.[0]) }];
    });
  }

  return {
    entries: () => (isMap(document.contents) ? walk(document.contents, '') : []),
    set: (key, value) => document.setIn(key.split('.'), value),
    remove: (key) => void document.deleteIn(key.split('.')),
    // A map that was emptied would be written as {}.
    text: () =>
      isMap(document.contents) && document.contents.items.length === 0
        ? (document.commentBefore ?? '').replace(/^/gm, '#').replace(/^#$/, '')
        : document.toString({ lineWidth: 0 }),
  };
}
