import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll } from 'vitest';

export * from './support-entry';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder of this test file, gone at its end. */
export function scratch(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tsawsume-io-')));
  folders.push(folder);
  return folder;
}

/** Every path below a folder, links not followed. */
export function tree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

/** Bundles a program that uses our sources, so that plain Node can run it as another process. */
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

export function run(
  command: string,
  args: readonly string[],
): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 });
  return { code: status, out: stdout, err: stderr };
}

export function start(path: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
}

export const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
