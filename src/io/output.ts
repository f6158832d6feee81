/*
 * stdout is the machine's, stderr is people's.
 *
 * What goes to stdout is code to eval or data to parse, and nothing else ever: no progress, no warning, no colour that
 * was not asked for. All of it is written, or the run fails. For stderr see people.ts.
 */
import { fstatSync, statSync } from 'node:fs';
import { refused } from '../errors';
import type { Output } from '../world';
import { errorCode } from './error-code';
import { writeFully } from './full-write';

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
      writeOutput(fd, text);
    },
  };
}

/** All of it, or throws `refused`. @param from as of `writeFully`. */
export function writeOutput(fd: number, text: string, from = 0): void {
  try {
    writeFully(fd, text, { from });
  } catch (error) {
    throw refused(`the output could not be written (${why(error)})`, 'look at where stdout leads to');
  }
}

function why(error: unknown): string {
  const code = errorCode(error);
  if (code === 'EPIPE') return 'EPIPE: nobody reads it';
  if (code === 'ENOSPC') return 'ENOSPC: no space left on the device';
  return code || 'unknown error';
}
