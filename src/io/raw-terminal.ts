import { constants, openSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import { openPolledTerminal } from './polled-terminal';
import { TTY } from './terminal-there';

/** The terminal a person sits at, for as long as one question takes. */
export interface RawTerminal {
  write(text: string): void;
  /** As large as it is now; what a terminal is by default where it does not say. */
  size(): { readonly columns: number; readonly rows: number };
  /** Keys come one by one from now on. */
  raw(): void;
  /** The modes are as they were found. */
  cooked(): void;
  onBytes(take: (bytes: Buffer) => void): void;
  /** The terminal went away, or its input ended. */
  onEnd(ended: () => void): void;
  /** Restores the modes and lets go, so that the process can end. */
  close(): void;
}

/**
 * Opens the controlling terminal itself, whatever stdin, stdout and stderr are: inside `$(…)` all may be pipes.
 * @throws the system's error where there is no terminal.
 */
export function openRawTerminal(platform: NodeJS.Platform): RawTerminal {
  if (platform === 'win32') return wrap(process.stdin, process.stderr, () => process.stdin.pause().unref());
  if (process.versions['bun'] !== undefined) return openPolledTerminal();
  const input = new ReadStream(openSync(TTY, constants.O_RDONLY | constants.O_NOCTTY));
  const output = new WriteStream(openSync(TTY, constants.O_WRONLY | constants.O_NOCTTY));
  return wrap(input, output, () => {
    input.destroy();
    output.destroy();
  });
}

function wrap(input: ReadStream, output: WriteStream, release: () => void): RawTerminal {
  const ignore = (): void => undefined;
  const mode = (raw: boolean): void => {
    try {
      input.setRawMode(raw);
    } catch {
      // The terminal is gone: it has no modes to restore, and the reader hears of it by `end`.
    }
  };
  // A terminal that goes away is an EIO on both ends.
  input.on('error', ignore);
  output.on('error', ignore);
  return {
    write: (text) => void output.write(text),
    size: () => {
      const [columns, rows] = sizeOf(output);
      return { columns: columns || 80, rows: rows || 24 };
    },
    raw: () => mode(true),
    cooked: () => mode(false),
    onBytes: (take) => void input.on('data', take),
    onEnd: (ended) => void input.once('end', ended).once('error', ended).once('close', ended),
    close: () => {
      mode(false);
      input.removeAllListeners('data').removeAllListeners('close');
      release();
    },
  };
}

function sizeOf(output: WriteStream): readonly [columns: number, rows: number] {
  try {
    return output.getWindowSize();
  } catch {
    // The terminal is gone.
    return [0, 0];
  }
}
