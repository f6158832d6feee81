import { spawn, type ChildProcess } from 'node:child_process';
import type { Result } from './harness';
import { PROGRAM, type World } from './harness';

/** The built program as a process that can be looked at, and ended, while it runs. */
export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Result>;
}

export function start(
  world: World,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Started {
  const [program = '', ...rest] = [...PROGRAM, ...args];
  // In a session of its own: without a terminal, as a job of cron is.
  const child = spawn(program, rest, { env: { ...world.env, ...env }, detached: true, stdio: 'pipe' });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined).end();
  const ended = new Promise<Result>((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}

/** An environment without what is not set, for who takes strings only. */
export function strings(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) found[name] = value;
  return found;
}
