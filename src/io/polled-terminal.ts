import { closeSync, constants, openSync, readSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import { errorCode } from './error-code';
import { writeFully } from './full-write';
import type { RawTerminal } from './raw-terminal';
import { TTY } from './terminal-there';

/** Milliseconds between two looks: too short to be noticed, too long to be work. */
const LOOK_EVERY = 15;
/** Milliseconds that a terminal may take to go on, after Ctrl-S say, until what is shown is given up. */
const PATIENCE = 2_000;

/**
 * The controlling terminal for the single executable. Bun's `ReadStream` waits in a read that nothing can end: after
 * the answer the process would hang there, and take the next key from the shell. So this looks whether one was typed,
 * and writes what is shown at once, because Bun drops what is on its way when a `WriteStream` is closed.
 * @throws the system's error where there is no terminal.
 */
export function openPolledTerminal(): RawTerminal {
  const { O_NOCTTY, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
  // Two openings: Bun makes what it writes to blocking again. Other programs' openings stay as they are.
  const keys = openSync(TTY, O_RDONLY | O_NOCTTY | O_NONBLOCK);
  const screen = openSync(TTY, O_WRONLY | O_NOCTTY);
  // For the modes and the size alone: neither is ever read from nor written to.
  const modes = new ReadStream(keys);
  const measure = new WriteStream(screen);
  const bytes = Buffer.alloc(4096);
  let looking: NodeJS.Timeout | undefined;
  let take: (typed: Buffer) => void = () => undefined;
  let ended: () => void = () => undefined;
  const rest = (): void => clearInterval(looking);
  const look = (): void => {
    const size = read(keys, bytes);
    if (size === undefined) return;
    if (size > 0) take(Buffer.from(bytes.subarray(0, size)));
    else {
      rest();
      ended();
    }
  };
  const mode = (raw: boolean): void => {
    try {
      modes.setRawMode(raw);
    } catch {
      // The terminal is gone: it has no modes to restore.
    }
  };
  return {
    write: (text) => {
      try {
        writeFully(screen, text, { patience: PATIENCE });
      } catch {
        // Nobody sees it any more; the next look tells.
      }
    },
    size: () => {
      try {
        const [columns, rows] = measure.getWindowSize();
        return { columns: columns || 80, rows: rows || 24 };
      } catch {
        return { columns: 80, rows: 24 };
      }
    },
    raw: () => mode(true),
    cooked: () => mode(false),
    onBytes: (taking) => {
      take = taking;
      looking = setInterval(look, LOOK_EVERY);
    },
    onEnd: (ending) => {
      ended = ending;
    },
    close: () => {
      rest();
      mode(false);
      closeSync(keys);
      measure.destroy();
      closeSync(screen);
    },
  };
}

/** How much was typed; 0: the terminal is gone, or its input ended; undefined: nothing yet. */
function read(fd: number, into: Buffer): number | undefined {
  try {
    return readSync(fd, into);
  } catch (error) {
    const code = errorCode(error);
    return code === 'EAGAIN' || code === 'EINTR' ? undefined : 0;
  }
}
