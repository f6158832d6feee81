import { spawnSync } from 'node:child_process';

/** Fails where a program is missing: a fault that can't be made here is not one that was survived. */
export function needs(...programs: readonly string[]): void {
  for (const program of programs) {
    if (spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program]).status !== 0)
      throw new Error(`${program} is missing on this machine, so this fault can't be made: see .ci/tools.sh`);
  }
}

/** Fails where we may not mount, and may not become another user. */
export function needsRoot(): void {
  if (process.geteuid?.() !== 0)
    throw new Error('only root can mount and become another user, so this fault can not be made here');
}
