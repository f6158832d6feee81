import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../world';

/** Where Bun says that the files of a single executable lie. They are in no file system. */
const INSIDE = /^(?:\/\$bunfs\/|[A-Z]:[\\/]~BUN[\\/])/;

/** The words that start this very program again, from a checkout, an installation or a single executable. */
export function ownProgram(): readonly string[] {
  const [, script] = process.argv;
  const { execPath } = process;
  if (script === undefined || INSIDE.test(script)) return [execPath];
  return [execPath, realpathSync(script)];
}

/**
 * The words that a shell of that environment can start us by: the name alone where PATH has it, so that an update is
 * taken up; else where we lie, so that a checkout that was never installed can be hooked up, too.
 */
export function programFor(env: Environment, platform: NodeJS.Platform): readonly string[] {
  const names = platform === 'win32' ? ['tsawsume.cmd', 'tsawsume.exe', 'tsawsume.ps1'] : ['tsawsume'];
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = folders.some((folder) => names.some((name) => isExecutable(join(folder, name))));
  return found ? ['tsawsume'] : ownProgram();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
