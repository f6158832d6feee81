/*
 * stdout is the machine's, stderr is people's.
 *
 * What goes to stdout is code to eval or data to parse, and nothing else ever: no progress, no warning, no colour that
 * was not asked for. All of it is written, or the run fails. What goes to stderr is lines for a person: each is made
 * harmless first, and when nobody can read them (closed, full) the run goes on.
 */
import { fstatSync, statSync } from 'node:fs';
import { plain, type Palette } from '../core/palette';
import { printable } from '../core/printable';
import { refused } from '../errors';
import type { Environment, Output, People } from '../world';
import { errorCode } from './error-code';
import { writeFully } from './full-write';

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
/** Milliseconds that a person's line may wait for a terminal that takes nothing. */
const PATIENCE = 1000;

/**
 * Whether a descriptor is a terminal. `node:tty` loads Node's sockets (2 ms of 60), so it is asked only about what may
 * be one: not about the pipes and files that stdout is to a shell function, nor about the device that takes everything.
 */
export function isTerminal(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    if (!stat.isCharacterDevice() || stat.rdev === statSync('/dev/null').rdev) return false;
  } catch {
    // A closed descriptor; or a machine without that device, where the question below is still a good one.
  }
  return process.getBuiltinModule('node:tty').isatty(fd);
}

/** The machine's stream. @param fd 1, but for tests. */
export function openOutput(fd = 1): Output {
  return {
    get isTerminal() {
      return isTerminal(fd);
    },
    get columns() {
      return isTerminal(fd) && process.stdout.columns > 0 ? process.stdout.columns : undefined;
    },
    write(text) {
      try {
        writeFully(fd, text);
      } catch (error) {
        throw refused(`the output could not be written (${why(error)})`, 'look at where stdout leads to');
      }
    },
  };
}

function why(error: unknown): string {
  const code = errorCode(error);
  if (code === 'EPIPE') return 'EPIPE: nobody reads it';
  if (code === 'ENOSPC') return 'ENOSPC: no space left on the device';
  return code || 'unknown error';
}

/** People's stream. A closed or full one loses lines, never the run. */
export function openPeople(options: { readonly level?: Level; readonly fd?: number } = {}): StderrPeople {
  const fd = options.fd ?? 2;
  let palette = plain;
  const tell = (line: string, paint: Paint): void => {
    try {
      writeFully(fd, `${paint(printable(line))}\n`, PATIENCE);
    } catch {
      // Nobody can be told that nobody can be told.
    }
  };
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
      if (!isTerminal(fd)) return;
      try {
        writeFully(fd, `\r\u001b[K${printable(line)}`, PATIENCE);
      } catch {
        // As above.
      }
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
