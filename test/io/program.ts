import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { RUNTIME } from '../support/program';
import { scratch } from './support';

/** Bundles a program that uses our sources, so that RUNTIME can run it as another process. */
export function program(source: string): string {
  const folder = scratch();
  const entry = join(folder, 'program.ts');
  writeFileSync(entry, source.replaceAll('@src/', `${join(import.meta.dirname, '../../src')}/`));
  const outfile = join(folder, 'program.cjs');
  buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node20',
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

export function start(path: string, ...args: readonly string[]): ChildProcess {
  const [command = '', ...words] = [...RUNTIME, path, ...args];
  return spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'] });
}
