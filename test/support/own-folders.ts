import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** What a sandbox has around it, new for each test. */
export interface OwnFolders {
  /** The system's folder for temporary files, as far as the program knows. */
  readonly temp: string;
  /** The person's own HOME. */
  readonly own: string;
  env(more?: Readonly<Record<string, string>>): Record<string, string>;
  /** What tsawsume left in `temp`. Node keeps compiled code there, too: that is not ours to judge. */
  leftBehind(): string[];
}

/** To be called before a file's own hooks, so that these come first at the end of a test. */
export function ownFolders(): OwnFolders {
  const at = { temp: '', own: '' };
  beforeEach(() => {
    at.temp = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
    at.own = mkdtempSync(join(tmpdir(), 'sandbox-own-'));
  });
  afterEach(() => {
    for (const folder of [at.temp, at.own]) rmSync(folder, { recursive: true, force: true });
  });
  return {
    get temp() {
      return at.temp;
    },
    get own() {
      return at.own;
    },
    env: (more = {}) => ({ PATH: process.env['PATH'] ?? '', HOME: at.own, TMPDIR: at.temp, ...more }),
    leftBehind: () => readdirSync(at.temp).filter((name) => name.startsWith('tsawsume')),
  };
}
