import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShownCode } from '../sandbox/mfa';

/** Late rather than early: an early timer would find the old code still shown. */
const MARGIN_MS = 20;

/**
 * Keeps in a file what an MFA device shows: `CODE SECONDS`, the time until when it does, or `- SECONDS` while every
 * code is spent. A file, since a prompt reads it before every line a person types, and a shell can do that by itself.
 */
export class CodeFile {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly folder: string,
    private readonly user: string,
    private readonly show: () => ShownCode,
    private readonly now: () => number,
  ) {}

  /** Writes what is shown now, and does it again whenever that changes by time. Never throws. */
  update(): void {
    clearTimeout(this.#timer);
    const { code, until } = this.show();
    this.#write(`${code ?? '-'} ${String(until / 1000)}\n`);
    this.#timer = setTimeout(() => this.update(), Math.max(0, until - this.now()) + MARGIN_MS).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #write(text: string): void {
    const [path, temp] = [join(this.folder, this.user), join(this.folder, `.${this.user}`)];
    try {
      writeFileSync(temp, text, { mode: 0o600 });
      renameSync(temp, path);
    } catch {
      // Whoever removed the sandbox's HOME needs no code from it.
    }
  }
}
