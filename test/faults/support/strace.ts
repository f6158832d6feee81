import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAM, run, type Result, type World } from '../../support/harness';
import { needs } from './needs';

/** One system call of the main thread: which of its name it was, counted from the start of the process. */
export interface SystemCall {
  readonly name: string;
  readonly ordinal: number;
  /** The call with its arguments and its result. */
  readonly text: string;
}

/**
 * Runs the program with every system call of its main thread written down, which makes all calls on files: Node's
 * synchronous ones. The other threads run as ever.
 */
export async function traced(
  world: World,
  args: readonly string[],
): Promise<{ readonly calls: readonly SystemCall[]; readonly result: Result }> {
  needs('strace');
  const folder = mkdtempSync(join(tmpdir(), 'tsawsume-strace-'));
  try {
    const log = join(folder, 'log');
    const result = await run(['strace', '-s', '300', '-o', log, ...PROGRAM, ...args], { env: world.env });
    return { calls: callsOf(readFileSync(log, 'utf8')), result };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function callsOf(log: string): readonly SystemCall[] {
  const counts = new Map<string, number>();
  return log.split('\n').flatMap((text) => {
    const [, name] = /^(\w+)\(/.exec(text) ?? [];
    if (name === undefined) return [];
    const ordinal = (counts.get(name) ?? 0) + 1;
    counts.set(name, ordinal);
    return [{ name, ordinal, text }];
  });
}

/** The calls from the first one that says `mark` on: what goes before only reads. */
export function from(calls: readonly SystemCall[], mark: string): readonly SystemCall[] {
  const index = calls.findIndex(({ text }) => text.includes(mark));
  if (index < 0) throw new Error(`no system call says ${mark}`);
  return calls.slice(index);
}

/**
 * Runs the program with a fault at one system call of its main thread.
 * @param fault as strace has it: `signal=KILL`, `error=ENOSPC`, `retval=3`.
 */
export async function injected(
  world: World,
  args: readonly string[],
  { name, ordinal }: SystemCall,
  fault: string,
): Promise<Result> {
  needs('strace');
  const inject = `--inject=${name}:${fault}:when=${String(ordinal)}`;
  return run(['strace', '-o', '/dev/null', `--trace=${name}`, inject, ...PROGRAM, ...args], {
    env: world.env,
  });
}
