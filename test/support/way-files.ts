import { existsSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes every noted way from a folder of sessions, if it is one. */
export function forgetWays(folder: string): void {
  if (!existsSync(`${folder}/.`)) return;
  for (const name of readdirSync(folder).filter((each) => each.startsWith('way-')))
    rmSync(join(folder, name), { force: true, recursive: true });
}

/** Makes a folder whose files are those of another. */
export function linkAll(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 });
  for (const name of readdirSync(from)) linkSync(join(from, name), join(to, name));
}
