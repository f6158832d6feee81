/*
 * What goes to stderr is lines for a person: each is made harmless first, and when nobody can read them (closed, full)
 * the run goes on. For stdout see output.ts.
 */
import { plain, type Palette } from '../core/palette';
import type { Environment, People } from '../world';
import { isTerminal } from './output';
import { tellLine } from './tell-line';

/** How much people are told: warnings and answers always; `info` with `--info`; `debug`, all of it, with `--debug`. */
export type Level = 'normal' | 'info' | 'debug';

type Paint = Palette['good'];

/** The people at stderr. The level and the colours are known only after the command line and the settings are read. */
export interface StderrPeople extends People {
  level: Level;
  /** Colours from here on, where stderr is a terminal that wants them. */
  useColors(palette: Palette): void;
}

const asItIs: Paint = (text) => text;

const RANK: Readonly<Record<Level, number>> = { normal: 0, info: 1, debug: 2 };

/** People's stream. A closed or full one loses lines, never the run. */
export function openPeople(options: { readonly level?: Level; readonly fd?: number } = {}): StderrPeople {
  const fd = options.fd ?? 2;
  let palette = plain;
  const tell = (line: string, paint: Paint): void => tellLine(line, (text) => `${paint(text)}\n`, fd);
  const people: StderrPeople = {
    level: options.level ?? 'normal',
    get isTerminal() {
      return isTerminal(fd);
    },
    useColors: (chosen) => {
      palette = chosen;
    },
    say: (line) => tell(line, asItIs),
    warn: (line) => tell(`tsawsume: ${line}`, palette.warning),
    info: (line) => {
      if (RANK[people.level] >= RANK.info) tell(line, palette.faint);
    },
    progress: (line) => {
      if (isTerminal(fd)) tellLine(line, (text) => `\r\u001b[K${text}`, fd);
    },
    debug: (line) => {
      if (RANK[people.level] >= RANK.debug) tell(`debug: ${line}`, palette.faint);
    },
  };
  return people;
}

/**
 * Whether a stream gets colours: a terminal that can show them, settings that do not say no, and no NO_COLOR
 * (https://no-color.org: set to anything but nothing).
 */
export function wantsColors(isTerminal: boolean, env: Environment, setting: boolean | undefined): boolean {
  return isTerminal && (setting ?? true) && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

/** The colours, loaded only when they are wanted: chalk is not on the way that prints one line and ends. */
export async function loadPalette(wanted: boolean): Promise<Palette> {
  if (!wanted) return plain;
  const { Chalk } = await import('chalk');
  // The sixteen colours of the terminal's own theme; chalk's own look at stdout is not asked.
  const chalk = new Chalk({ level: 1 });
  return { good: chalk.green, warning: chalk.yellow, bad: chalk.red, faint: chalk.dim, strong: chalk.bold };
}
