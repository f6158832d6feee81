import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { spawn } from '@lydell/node-pty';

const ROOT = join(import.meta.dirname, '..', '..');

/** Bundles a few lines of TypeScript, which import from `src/…`, into a program that RUNTIME can run by itself. */
export function program(source: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'tsawsume-test-')), 'program.cjs');
  buildSync({
    stdin: { contents: source, resolveDir: ROOT, loader: 'ts' },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
  return file;
}

/** Removes what `program` made. */
export function discard(file: string): void {
  rmSync(join(file, '..'), { recursive: true, force: true });
}

/** A real terminal with a program in it. */
export class Pty {
  screen = '';
  readonly ended: Promise<{ exitCode: number; signal?: number | undefined }>;
  readonly #pty;

  constructor(
    command: string,
    args: string[],
    env: Record<string, string> = {},
    size: { readonly cols: number; readonly rows: number } = { cols: 120, rows: 30 },
  ) {
    const { PATH = '', HOME = '' } = process.env;
    this.#pty = spawn(command, args, {
      ...size,
      cwd: ROOT,
      env: { PATH, HOME, TERM: 'xterm', PS1: 'ready> ', ...env },
    });
    this.#pty.onData((data) => {
      this.screen += data;
    });
    this.ended = new Promise((resolve) => void this.#pty.onExit(resolve));
  }

  get pid(): number {
    return this.#pty.pid;
  }

  resize(cols: number, rows: number): void {
    this.#pty.resize(cols, rows);
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  /** Waits until the screen, from a mark on, shows something; gives the mark behind it. */
  async shows(what: string | RegExp, from = 0): Promise<number> {
    const deadline = Date.now() + 10_000;
    for (;;) {
      const rest = this.screen.slice(from);
      const found = typeof what === 'string' ? rest.indexOf(what) : rest.search(what);
      if (found >= 0) return this.screen.length;
      if (Date.now() > deadline) throw new Error(`never shown: ${String(what)}\n${JSON.stringify(rest)}`);
      await pause(10);
    }
  }

  /** The terminal's modes, as text that is equal when they are. */
  modes(): string {
    return execFileSync('stty', ['-g', '-F', terminalOf(this.#pty.pid)], { encoding: 'utf8' }).trim();
  }

  /** The same, once they have stood still for a fifth of a second: a line editor takes its time to make them its own. */
  async settledModes(): Promise<string> {
    let seen = this.modes();
    for (let still = 0; still < 10; still += 1) {
      await pause(20);
      const now = this.modes();
      if (now !== seen) still = 0;
      seen = now;
    }
    return seen;
  }

  /** The terminal goes away, and what is in it. */
  close(): void {
    this.#pty.kill('SIGKILL');
  }
}

/** The device a process has as its terminal: /proc knows only its number. */
function terminalOf(pid: number): string {
  return `/dev/pts/${String(Number(stat(pid)[6] ?? 0) & 0xff)}`;
}

/** R, S, T (stopped), Z…, or undefined when it is gone. */
export const stateOf = (pid: number): string | undefined => stat(pid)[2];

function stat(pid: number): string[] {
  try {
    return readFileSync(`/proc/${String(pid)}/stat`, 'latin1')
      .replace(/\(.*\)/, 'name')
      .split(' ');
  } catch {
    return [];
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Waits until something is true. */
export async function until(condition: () => boolean, what = 'it'): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`${what} never happened`);
    await pause(10);
  }
}
