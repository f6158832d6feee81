import type { Origin } from '../core/names';
import type { ConfigFile, CredentialsFile, Problem, Section, Sections } from '../core/section';
import type { Block } from './ini/blocks';
import { blocksOf } from './ini/blocks';
import { meaningOf } from './ini/meaning';
import { readSection } from './ini/section';

/**
 * AWS's two files from their text (SDKREF, file-format; semantics, Files). Nothing throws: what is wrong is a
 * problem of the section it stands in. A section is parsed when it is asked for, and once.
 * @param file the file's name, for origins; it is not opened.
 * @param text the whole file, decoded, without a byte-order mark.
 */
export function readConfigFile(file: string, text: string): ConfigFile {
  const profiles = new Index(file, text);
  const ssoSessions = new Index(file, text);
  const services = new Index(file, text);
  const strays = new Map<string, Origin>();
  const { preamble, sections } = blocksOf(text);
  const problems = homelessIn(file, text, preamble, '[profile NAME]');
  let explicitDefault = false;
  for (const block of sections) {
    const { kind, name } = meaningOf(block.header);
    if (name === '') problems.push(namelessAt(file, block));
    else if (kind === 'profile') {
      // `[profile default]` wins over `[default]` as a whole, wherever it stands.
      if (name === 'default' && !explicitDefault) profiles.drop(name);
      explicitDefault ||= name === 'default';
      profiles.add(name, block);
    } else if (kind === 'sso-session') ssoSessions.add(name, block);
    else if (kind === 'services') services.add(name, block);
    else if (name !== 'default') addStray(strays, name, file, block);
    else if (!explicitDefault) profiles.add(name, block);
  }
  return { profiles, ssoSessions, services, strays, problems };
}

/** @see readConfigFile */
export function readCredentialsFile(file: string, text: string): CredentialsFile {
  const profiles = new Index(file, text);
  const strays = new Map<string, Origin>();
  const { preamble, sections } = blocksOf(text);
  const problems = homelessIn(file, text, preamble, '[NAME]');
  for (const block of sections) {
    const { kind, name } = meaningOf(block.header);
    if (name === '') problems.push(namelessAt(file, block));
    else if (kind === 'plain') profiles.add(name, block);
    else if (kind === 'profile') addStray(strays, name, file, block);
  }
  return { profiles, strays, problems };
}

/** `[]`, `[profile ""]`: what stands below it belongs to nobody. */
const namelessAt = (file: string, { line }: Block): Problem => ({
  origin: { file, line },
  message: 'a section header without a name',
  hint: 'write the name between the brackets',
});

function addStray(strays: Map<string, Origin>, name: string, file: string, block: Block): void {
  if (!strays.has(name)) strays.set(name, { file, line: block.line });
}

/** A property that no section owns breaks no profile, but it does nothing either, and the AWS CLI refuses the file. */
function homelessIn(file: string, text: string, preamble: Block, header: string): Problem[] {
  if (preamble.start === preamble.end) return [];
  const { problems, properties } = readSection(file, text, preamble, []);
  const homeless = [...properties.values()].map(({ origin }) => ({
    origin,
    message: 'a setting before the first section header',
    hint: `move it below a header such as ${header}`,
  }));
  return [...problems, ...homeless].sort((one, other) => one.origin.line - other.origin.line);
}

/** Names to blocks. A Map, so that `__proto__` is a name like any other. */
class Index implements Sections {
  readonly #first = new Map<string, Block>();
  /** The further blocks of a name, which are few: most names have one block. */
  readonly #others = new Map<string, Block[]>();
  readonly #parsed = new Map<string, Section>();
  readonly #text: string;

  constructor(
    readonly file: string,
    text: string,
  ) {
    this.#text = text;
  }

  add(name: string, block: Block): void {
    const others = this.#others.get(name);
    if (others !== undefined) others.push(block);
    else if (this.#first.has(name)) this.#others.set(name, [block]);
    else this.#first.set(name, block);
  }

  drop(name: string): void {
    this.#first.delete(name);
    this.#others.delete(name);
  }

  names(): readonly string[] {
    return [...this.#first.keys()];
  }

  get(name: string): Section | undefined {
    const parsed = this.#parsed.get(name);
    const first = this.#first.get(name);
    if (parsed !== undefined || first === undefined) return parsed;
    const section = readSection(this.file, this.#text, first, this.#others.get(name) ?? []);
    this.#parsed.set(name, section);
    return section;
  }
}
