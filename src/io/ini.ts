import type { Origin } from '../core/names';
import type { ConfigFile, CredentialsFile, Problem, Section, Sections } from '../core/section';
import { Blocks } from './ini/blocks';
import { meaningOf } from './ini/meaning';
import { readSection } from './ini/section';

/**
 * AWS's two files from their text (SDKREF, file-format; semantics, Files). Nothing throws: what is wrong is a
 * problem of the section it stands in. A section is parsed when it is asked for, and once.
 * @param file the file's name, for origins; it is not opened.
 * @param text the whole file, decoded, without a byte-order mark.
 */
export function readConfigFile(file: string, text: string): ConfigFile {
  const source = { file, text, blocks: new Blocks(text) };
  const profiles = new Index(source);
  const ssoSessions = new Index(source);
  const services = new Index(source);
  const strays = new Map<string, Origin>();
  const problems = homelessIn(source, '[profile NAME]');
  let explicitDefault = false;
  for (let index = 0, title; (title = source.blocks.titles[index]) !== undefined; index += 1) {
    const { kind, name } = meaningOf(title);
    if (name === '') problems.push(namelessAt(source, index));
    else if (kind === 'profile') {
      // `[profile default]` wins over `[default]` as a whole, wherever it stands.
      if (name === 'default' && !explicitDefault) profiles.drop(name);
      explicitDefault ||= name === 'default';
      profiles.add(name, index);
    } else if (kind === 'sso-session') ssoSessions.add(name, index);
    else if (kind === 'services') services.add(name, index);
    else if (name !== 'default') addStray(strays, name, source, index);
    else if (!explicitDefault) profiles.add(name, index);
  }
  return { profiles, ssoSessions, services, strays, problems };
}

/** @see readConfigFile */
export function readCredentialsFile(file: string, text: string): CredentialsFile {
  const source = { file, text, blocks: new Blocks(text) };
  const profiles = new Index(source);
  const strays = new Map<string, Origin>();
  const problems = homelessIn(source, '[NAME]');
  for (let index = 0, title; (title = source.blocks.titles[index]) !== undefined; index += 1) {
    const { kind, name } = meaningOf(title);
    if (name === '') problems.push(namelessAt(source, index));
    else if (kind === 'plain') profiles.add(name, index);
    else if (kind === 'profile') addStray(strays, name, source, index);
  }
  return { profiles, strays, problems };
}

interface Source {
  readonly file: string;
  readonly text: string;
  readonly blocks: Blocks;
}

const originOf = ({ file, blocks }: Source, index: number): Origin => ({
  file,
  line: blocks.block(index)?.line ?? 0,
});

/** `[]`, `[profile ""]`: what stands below it belongs to nobody. */
const namelessAt = (source: Source, index: number): Problem => ({
  origin: originOf(source, index),
  message: 'a section header without a name',
  hint: 'write the name between the brackets',
});

function addStray(strays: Map<string, Origin>, name: string, source: Source, index: number): void {
  if (!strays.has(name)) strays.set(name, originOf(source, index));
}

/** A property that no section owns breaks no profile, but it does nothing either, and the AWS CLI refuses the file. */
function homelessIn({ file, text, blocks }: Source, header: string): Problem[] {
  const preamble = blocks.preamble();
  if (preamble.start === preamble.end) return [];
  const { problems, properties } = readSection(file, text, preamble, []);
  const homeless = [...properties.values()].map(({ origin }) => ({
    origin,
    message: 'a setting before the first section header',
    hint: `move it below a header such as ${header}`,
  }));
  return [...problems, ...homeless].sort((one, other) => one.origin.line - other.origin.line);
}

/** Names to blocks, by their number in the file. A Map, so that `__proto__` is a name like any other. */
class Index implements Sections {
  readonly #first = new Map<string, number>();
  /** The further blocks of a name, which are few: most names have one block. */
  readonly #others = new Map<string, number[]>();
  readonly #parsed = new Map<string, Section>();
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  get file(): string {
    return this.#source.file;
  }

  add(name: string, index: number): void {
    if (!this.#first.has(name)) {
      this.#first.set(name, index);
      return;
    }
    const others = this.#others.get(name);
    if (others === undefined) this.#others.set(name, [index]);
    else others.push(index);
  }

  drop(name: string): void {
    this.#first.delete(name);
    this.#others.delete(name);
  }

  names(): readonly string[] {
    return [...this.#first.keys()];
  }

  has(name: string): boolean {
    return this.#first.has(name);
  }

  get(name: string): Section | undefined {
    const parsed = this.#parsed.get(name);
    const index = this.#first.get(name);
    if (parsed !== undefined || index === undefined) return parsed;
    const { file, text, blocks } = this.#source;
    const [first, ...others] = [index, ...(this.#others.get(name) ?? [])].flatMap(
      (each) => blocks.block(each) ?? [],
    );
    if (first === undefined) return undefined;
    const section = readSection(file, text, first, others);
    this.#parsed.set(name, section);
    return section;
  }
}
