import { MANAGER, type AwsFile, type ManagedSection, type SectionValues } from '../../core/managed';
import { refused } from '../../errors';
import { Blocks } from './blocks';
import { readBodyLine } from './grammar';
import { meaningOf } from './meaning';

/**
 * Changes of the sections that tsawsume wrote, in a file that is otherwise other people's: bytes in, bytes out. What is
 * understood is the text, as the reader of these files understands it; what is changed are whole lines of bytes, so that
 * every other line stays as it is, whatever is in it.
 */
export interface PlacedSection extends ManagedSection {
  /** The header's line, from 1. */
  readonly line: number;
  /** Written by us: nothing else is ever changed. */
  readonly managed: boolean;
  /** Places in `lines`. */
  readonly header: number;
  readonly properties: readonly Placed[];
}

interface Placed {
  readonly key: string;
  readonly value: string;
  readonly indent: number;
  /** From its line up to behind its last continuation. */
  readonly start: number;
  readonly end: number;
}

interface Opened {
  /** Bytes as latin1, each with its line break. */
  readonly lines: readonly string[];
  readonly sections: readonly PlacedSection[];
}

/** The profiles of one file, block by block: duplicates are not merged. */
export const sectionsOf = (bytes: Buffer, file: AwsFile): readonly PlacedSection[] =>
  open(bytes, file).sections;

function open(bytes: Buffer, file: AwsFile): Opened {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  // No byte of a longer character is a line break, so both have the same lines.
  const read = text.split('\n');
  const lines = bytes.toString('latin1').match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const blocks = new Blocks(text);
  const sections = blocks.titles.flatMap((_, index) => blocks.block(index) ?? []);
  const placed = sections.map(({ header, line }, index) => {
    const { kind, name } = meaningOf(header.text);
    const isProfile =
      file === 'credentials'
        ? kind === 'plain'
        : kind === 'profile' || (kind === 'plain' && name === 'default');
    const end = (sections[index + 1]?.line ?? lines.length + 1) - 1;
    const properties = isProfile ? propertiesIn(read, line, end) : [];
    const values = new Map(properties.map(({ key, value }) => [key, value]));
    const managed = header.flaw === undefined && values.get('manager') === MANAGER;
    return { name, line, managed, header: line - 1, properties, values, isProfile };
  });
  return { lines, sections: placed.filter(({ isProfile }) => isProfile) };
}

function propertiesIn(lines: readonly string[], start: number, end: number): readonly Placed[] {
  const found: Placed[] = [];
  for (let at = start; at < end; at += 1) {
    const last = found.at(-1);
    const read = readBodyLine(lines[at] ?? '', last?.indent);
    if (read.kind === 'property') {
      const { key, value, indent } = read;
      found.push({ key, value, indent, start: at, end: at + 1 });
    } else if (read.kind === 'continuation' && last !== undefined) {
      found[found.length - 1] = { ...last, value: `${last.value}\n${read.text}`, end: at + 1 };
    }
  }
  return found;
}

/**
 * The file with that section in it, saying exactly what it is to say: the section of that name that we wrote before, with
 * everything in it that is none of these keys left alone, or a new one at the end. The caller has looked that nobody
 * else's section has the name.
 * @throws refused, when what is written would not be read back as it was meant.
 */
export function putSection(bytes: Buffer, file: AwsFile, name: string, values: SectionValues): Buffer {
  const { lines, sections } = open(bytes, file);
  const [first, ...others] = sections.filter((section) => section.name === name);
  const changed =
    first === undefined
      ? append(lines, file, name, values)
      : change(others.reduceRight(cut, [...lines]), first, values, breakOf(lines));
  const after = Buffer.from(changed.join(''), 'latin1');
  if (!says(after, file, name, values))
    throw refused(
      `the session can't be written to a section ${JSON.stringify(name)}: AWS's files have no way to say it`,
      'take a plain name, of letters, digits, dots and dashes',
    );
  return after;
}

/** A blank line before it, always: `removeSections` takes away what was added, and nothing else. */
function append(lines: readonly string[], file: AwsFile, name: string, values: SectionValues): string[] {
  const eol = breakOf(lines);
  const said = values.flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${value}`]));
  const header = file === 'config' && name !== 'default' ? `[profile ${name}]` : `[${name}]`;
  const section = [header, ...said].map((line) => bytesOf(line) + eol);
  const last = lines.at(-1);
  if (last === undefined) return section;
  if (last.endsWith('\n')) return [...lines, eol, ...section];
  // A file that ends without a line break goes on doing so.
  return [
    ...lines.slice(0, -1),
    last + eol,
    eol,
    ...section.slice(0, -1),
    withoutBreak(section.at(-1) ?? ''),
  ];
}

function change(lines: string[], section: PlacedSection, values: SectionValues, eol: string): string[] {
  const wanted = new Map(values);
  const latest = new Map(section.properties.map((property) => [property.key, property]));
  const missing = values.filter(([key, value]) => value !== undefined && !latest.has(key));
  const end = section.properties.at(-1)?.end ?? section.header + 1;
  insert(
    lines,
    end,
    missing.map(([key, value]) => `${key} = ${value ?? ''}`),
    eol,
  );
  for (const property of [...section.properties].reverse()) {
    const { key, start } = property;
    if (!wanted.has(key)) continue;
    const value = wanted.get(key);
    if (value === undefined || latest.get(key) !== property) lines.splice(start, property.end - start);
    else if (value !== property.value) {
      const tail = /\r?\n$/.exec(lines[property.end - 1] ?? '')?.[0] ?? '';
      const indent = /^\s*/.exec(lines[start] ?? '')?.[0] ?? '';
      lines.splice(start, property.end - start, `${indent}${key} = ${bytesOf(value)}${tail}`);
    }
  }
  return lines;
}

function insert(lines: string[], at: number, texts: readonly string[], eol: string): void {
  const before = lines[at - 1] ?? '';
  const open = !before.endsWith('\n') && texts.length > 0;
  if (open) lines[at - 1] = before + eol;
  const added = texts.map((text) => bytesOf(text) + eol);
  if (open) added.push(withoutBreak(added.pop() ?? ''));
  lines.splice(at, 0, ...added);
}

/** The file without those of our sections that `which` wants gone, and these sections. */
export function removeSections(
  bytes: Buffer,
  file: AwsFile,
  which: (section: ManagedSection) => boolean,
): { readonly bytes: Buffer; readonly removed: readonly ManagedSection[] } {
  const { lines, sections } = open(bytes, file);
  const removed = sections.filter((section) => section.managed && which(section));
  const left = removed.reduceRight(cut, [...lines]);
  return { bytes: Buffer.from(left.join(''), 'latin1'), removed };
}

/** From its header to its last setting, with the blank line before it; comments behind it may be the next section's. */
function cut(lines: string[], { header, properties }: PlacedSection): string[] {
  const end = properties.at(-1)?.end ?? header + 1;
  const unended = end === lines.length && lines.at(-1)?.endsWith('\n') === false;
  const start = /^\r?\n$/.test(lines[header - 1] ?? '') ? header - 1 : header;
  lines.splice(start, end - start);
  if (unended) lines.push(withoutBreak(lines.pop() ?? ''));
  return lines;
}

function says(bytes: Buffer, file: AwsFile, name: string, values: SectionValues): boolean {
  const found = sectionsOf(bytes, file).filter((section) => section.name === name);
  const [only] = found;
  return (
    found.length === 1 &&
    only?.managed === true &&
    values.every(([key, value]) => only.values.get(key) === value) &&
    // What some reader of these files takes for more than a character of a name.
    !/[\0-\x1f\x7f[\]#;"'\\]/.test(name)
  );
}

const breakOf = (lines: readonly string[]): string =>
  lines.findLast((line) => line.endsWith('\n'))?.endsWith('\r\n') === true ? '\r\n' : '\n';
const withoutBreak = (line: string): string => line.replace(/\r?\n$/, '');
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
