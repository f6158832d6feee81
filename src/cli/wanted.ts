import type { Command, Option } from 'commander';
import type { Values, Wanted } from '../commands/complete';
import type { Typed } from '../shells/completion';
import { VERBS } from './verbs';

/** What a placeholder of the help page (`<format>`, `[profile]`) stands for. Others stand for what nobody can guess. */
const PLACEHOLDERS: ReadonlyMap<string, Values> = new Map([
  ['profile', 'profiles'],
  ['format', 'formats'],
  ['shell', 'shells'],
  ['more', 'more'],
  ['action', 'actions'],
  ['key', 'settings'],
  ['file', 'files'],
  ['path', 'files'],
  ['command', 'files'],
]);

/** Flags whose placeholder stands for several things. */
const VALUES_OF_FLAGS: ReadonlyMap<string, Values> = new Map([['--output-profile', 'outputs']]);

/** Where in the command line the next word stands. */
interface Place {
  readonly command: Command;
  /** Arguments in front of it. */
  readonly position: number;
  /** Behind `--`: no flag any more. */
  readonly literal: boolean;
  /** The flag whose value it must be, or may be. */
  readonly flag: Option | undefined;
  readonly files: Wanted['files'];
}

/** What may stand next, read off the declaration of the command line. */
export function wantedAfter(program: Command, { before, current }: Typed): Wanted {
  const { command, position, literal, flag, files } = placeAfter(program, before);
  const base = { files, literal, prefix: '', fixed: [] };
  if (flag?.required === true) return { ...base, values: valuesOf(flag) };
  if (!literal && current.startsWith('-')) return { ...base, ...flagsOf(command, current) };
  const maybe = flag?.optional === true ? [valuesOf(flag)].filter((one) => one === 'more') : [];
  const argument = command.registeredArguments[position] ?? lastVariadic(command);
  return {
    ...base,
    values: maybe[0] ?? (argument === undefined ? undefined : PLACEHOLDERS.get(argument.name())),
    fixed: command === program && position === 0 && !literal && maybe.length === 0 ? verbs() : [],
  };
}

const verbs = (): Wanted['fixed'] =>
  VERBS.filter(({ hidden }) => hidden !== true).map(({ name, summary }) => ({ value: name, about: summary }));

function placeAfter(program: Command, before: readonly string[]): Place {
  const files: Record<string, string> = {};
  let place: Place = { command: program, position: 0, literal: false, flag: undefined, files };
  for (const word of before) {
    const { command, flag } = place;
    if (flag?.required === true) {
      files[flag.attributeName()] = word;
      place = { ...place, flag: undefined };
      continue;
    }
    place = { ...place, flag: undefined };
    if (!place.literal && word === '--') place = { ...place, literal: true };
    else if (!place.literal && word.startsWith('-') && word !== '-')
      place = { ...place, flag: flagNamed(command, word) };
    else if (command === program && !place.literal && place.position === 0) {
      const verb = program.commands.find((one) => one.name() === word);
      place = verb === undefined ? { ...place, position: 1 } : { ...place, command: verb };
    } else place = { ...place, position: place.position + 1 };
  }
  return place;
}

const flagNamed = (command: Command, word: string): Option | undefined =>
  command.options.find(({ short, long }) => short === word || long === word);

/** The flags; or, behind `--flag=`, its values. */
function flagsOf(command: Command, current: string): Pick<Wanted, 'fixed' | 'values' | 'prefix'> {
  const at = current.indexOf('=');
  if (at < 0) {
    const flags = command.options.map(({ long, short, description }) => ({
      value: long ?? short ?? '',
      about: description,
    }));
    return {
      fixed: [...flags, { value: '--help', about: 'print this help' }],
      values: undefined,
      prefix: '',
    };
  }
  const flag = flagNamed(command, current.slice(0, at));
  const values = flag?.required === true ? valuesOf(flag) : undefined;
  return { fixed: [], values: values === 'files' ? undefined : values, prefix: current.slice(0, at + 1) };
}

const valuesOf = ({ long, flags }: Option): Values | undefined =>
  VALUES_OF_FLAGS.get(long ?? '') ?? PLACEHOLDERS.get(/[<[]([\w-]+)/.exec(flags)?.[1] ?? '');

const lastVariadic = (command: Command) =>
  command.registeredArguments.filter(({ variadic }) => variadic).at(-1);
