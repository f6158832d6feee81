import { LineCounter, isMap, isScalar, parseDocument, stringify, type Document, type YAMLMap } from 'yaml';
import { settingKey, type SettingEntry } from '../core/setting-keys';
import { badProfile } from '../errors';

/** The text of a settings file, to look at and to edit: every byte that an edit is not about stays as it was. */
export interface SettingsText {
  entries(): readonly SettingEntry[];
  set(key: string, value: unknown): void;
  remove(key: string): void;
  text(): string;
}

interface Found {
  readonly document: Document;
  readonly entries: readonly SettingEntry[];
}

/** Throws `profile`, naming file:line, for what is no YAML or no `key: value` lines. */
export function parseSettings(source: string, file: string): SettingsText {
  let text = source;
  let found = parse(text, file);
  /** Takes the edited text, if it says what it should; otherwise YAML's own writer has to do it. */
  const edit = (
    candidate: string | undefined,
    wanted: readonly SettingEntry[],
    write: (document: Document) => void,
  ): void => {
    if (candidate !== undefined && says(candidate, file, wanted)) text = candidate;
    else {
      write(found.document);
      text = found.document.toString({ lineWidth: 0 });
    }
    found = parse(text, file);
  };
  return {
    entries: () => found.entries,
    set(key, value) {
      const others = found.entries.filter((entry) => entry.key !== key);
      const wanted = [...others, { key, value, line: 0 }];
      edit(withValue(text, found, key, value), wanted, (document) => document.set(key, value));
    },
    remove(key) {
      const others = found.entries.filter((entry) => entry.key !== key);
      edit(withoutLine(text, found, key), others, (document) => void document.delete(key));
    },
    text: () => text,
  };
}

const HINT = 'write lines such as region: eu-central-1, or begin anew: tsawsume config reset';

function parse(source: string, file: string): Found {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter });
  const lineOf = (offset: number): number => lineCounter.linePos(offset).line;
  const [error] = document.errors;
  if (error !== undefined)
    throw badProfile(`the settings are not valid YAML (${file}:${String(lineOf(error.pos[0]))})`, HINT);
  const { contents } = document;
  // `---` alone is a value that is not there.
  if (contents === null || (isScalar(contents) && contents.value === null)) return { document, entries: [] };
  if (!isMap(contents))
    throw badProfile(
      `the settings are not key: value lines (${file}:${String(lineOf(contents.range[0]))})`,
      HINT,
    );
  return { document, entries: walk(contents, '', lineOf) };
}

function walk(map: YAMLMap, prefix: string, lineOf: (offset: number) => number): SettingEntry[] {
  return map.items.flatMap(({ key, value }): SettingEntry[] => {
    if (!isScalar(key) || typeof key.value !== 'string') return [];
    const name = `${prefix}${key.value}`;
    if (isMap(value) && settingKey(name) === undefined) return walk(value, `${name}.`, lineOf);
    const plain: unknown = isScalar(value) ? value.value : undefined;
    return [{ key: name, value: plain, line: lineOf(key.range?.[0] ?? 0) }];
  });
}

/** Where a key and its value stand; undefined: nowhere, or not in a form that can be edited as text. */
function placeOf(
  { document: { contents } }: Found,
  name: string,
): readonly [from: number, value: number, end: number] | undefined {
  if (!isMap(contents)) return undefined;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === name);
  if (!isScalar(pair?.key) || !isScalar(pair.value)) return undefined;
  const [key, value] = [pair.key.range, pair.value.range];
  return key && value ? [key[0], value[0], value[1]] : undefined;
}

function withValue(text: string, found: Found, key: string, value: unknown): string | undefined {
  const plain = stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd();
  const place = placeOf(found, key);
  if (place !== undefined) {
    const [, from, end] = place;
    const blank = text[from - 1] === ':' ? ' ' : '';
    return `${text.slice(0, from)}${blank}${plain}${text.slice(end)}`;
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text}${text === '' || text.endsWith('\n') ? '' : eol}${key}: ${plain}${eol}`;
}

function withoutLine(text: string, found: Found, key: string): string | undefined {
  const place = placeOf(found, key);
  if (place === undefined) return undefined;
  const from = text.lastIndexOf('\n', place[0] - 1) + 1;
  const end = text.indexOf('\n', place[2]);
  return `${text.slice(0, from)}${end < 0 ? '' : text.slice(end + 1)}`;
}

/** Whether a text holds these entries and no others. */
function says(text: string, file: string, wanted: readonly SettingEntry[]): boolean {
  const plain = (entries: readonly SettingEntry[]): string =>
    JSON.stringify(entries.map(({ key, value }) => [key, value]).sort());
  try {
    return plain(parse(text, file).entries) === plain(wanted);
  } catch {
    return false;
  }
}
