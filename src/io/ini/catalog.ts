import type { Origin } from '../../core/names';
import type { Problem, Section, Sections } from '../../core/section';
import { Blocks, type At } from './blocks';
import { plainTitles } from './plain-titles';
import { readSection } from './section';

/** What a header of one of the two files opens. */
export interface Place {
  readonly kind: 'profile' | 'sso-session' | 'services' | 'stray' | 'nameless' | 'foreign';
  readonly name: string;
  /** `[default]`, which gives way, wherever it stands, to `[profile default]`. */
  readonly weak?: true;
}

export type Kind = 'profile' | 'sso-session' | 'services';

/** Everything that one pass over all headers tells. */
interface Index {
  /** By kind, then by name. A Map, so that `__proto__` is a name like any other. */
  readonly sections: Readonly<Record<Kind, Map<string, At | readonly At[]>>>;
  readonly strays: Map<string, Origin>;
  readonly nameless: readonly Problem[];
}

/** One file's sections by what their headers mean. It is read as far as somebody asks. */
export class Catalog {
  readonly blocks: Blocks;
  #index: Index | undefined;

  /** @param place what a header means, from what stands between its brackets. */
  constructor(
    readonly file: string,
    readonly text: string,
    readonly place: (title: string) => Place,
  ) {
    this.blocks = new Blocks(text);
  }

  sections(kind: Kind): Sections {
    const parsed = new Map<string, Section>();
    let known: ReadonlySet<string> | undefined;
    let names: readonly string[] | undefined;
    return {
      file: this.file,
      names: () => (names ??= [...(known ??= this.#names(kind))]),
      has: (name) => known?.has(name) ?? this.#find(kind, name).length > 0,
      get: (name) => {
        const before = parsed.get(name);
        if (before !== undefined) return before;
        const [first, ...others] = this.#find(kind, name).flatMap((at) => this.blocks.block(at) ?? []);
        if (first === undefined) return undefined;
        const section = readSection(this.file, this.text, first, others);
        parsed.set(name, section);
        return section;
      },
    };
  }

  #names(kind: Kind): ReadonlySet<string> {
    const titles = this.#index === undefined ? plainTitles(this.text) : undefined;
    const names = new Set<string>();
    let explicitDefault = false;
    for (const title of titles ?? []) {
      const { kind: its, name, weak } = this.place(title);
      if (its !== kind) continue;
      const isExplicit = name === 'default' && weak !== true;
      if (isExplicit && !explicitDefault) names.delete(name);
      explicitDefault ||= isExplicit;
      names.add(name);
    }
    return titles === undefined ? new Set(this.index().sections[kind].keys()) : names;
  }

  #find(kind: Kind, name: string): readonly At[] {
    if (name === '') return [];
    const holding = this.#index === undefined ? this.blocks.holding(name) : undefined;
    if (holding === undefined) {
      const found = this.index().sections[kind].get(name);
      return found === undefined ? [] : typeof found === 'number' ? [found] : found;
    }
    const placed = holding.map((at) => ({ at, place: this.place(this.blocks.block(at)?.header.text ?? '') }));
    const named = placed.filter(({ place }) => place.kind === kind && place.name === name);
    const strong = named.filter(({ place }) => place.weak !== true);
    return (strong.length > 0 ? strong : named).map(({ at }) => at);
  }

  index(): Index {
    return (this.#index ??= this.#readAll());
  }

  #readAll(): Index {
    const sections = {
      profile: new Map<string, At | At[]>(),
      'sso-session': new Map<string, At | At[]>(),
      services: new Map<string, At | At[]>(),
    };
    const strays = new Map<string, Origin>();
    const nameless: Problem[] = [];
    let explicitDefault = false;
    this.blocks.each((title, at) => {
      const { kind, name, weak } = this.place(title);
      if (kind === 'nameless') nameless.push(namelessAt(this.#originOf(at)));
      else if (kind === 'stray') {
        if (!strays.has(name)) strays.set(name, this.#originOf(at));
      } else if (kind !== 'foreign' && !(weak === true && explicitDefault)) {
        const isExplicit = kind === 'profile' && name === 'default' && weak !== true;
        if (isExplicit && !explicitDefault) sections.profile.delete(name);
        explicitDefault ||= isExplicit;
        add(sections[kind], name, at);
      }
    });
    return { sections, strays, nameless };
  }

  #originOf(at: At): Origin {
    return { file: this.file, line: this.blocks.block(at)?.line ?? 0 };
  }
}

/** Nearly every name has one header, and needs no list of its own. */
function add(known: Map<string, At | At[]>, name: string, at: At): void {
  const before = known.get(name);
  if (before === undefined) known.set(name, at);
  else if (typeof before === 'number') known.set(name, [before, at]);
  else before.push(at);
}

/** `[]`, `[profile ""]`: what stands below it belongs to nobody. */
const namelessAt = (origin: Origin): Problem => ({
  origin,
  message: 'a section header without a name',
  hint: 'write the name between the brackets',
});
