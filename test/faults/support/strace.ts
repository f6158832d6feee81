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

/** Whether two calls begin alike: behind that stand names and values that are others on every run. */
const isLike = (one: string, other: string): boolean => one.slice(0, 40) === other.slice(0, 40);

/** How often a run is made again whose fault met another call than it was meant for. */
const TRIES = 10;

/**
 * Runs the program with a fault at one system call of its main thread. How often Node wakes its own threads up is not the
 * same on every run, so that the call of that number may be another one: then the run is made again, aimed at where the
 * call was this time.
 * @param fault as strace has it: `signal=KILL`, `error=ENOSPC`, `retval=3`.
 * @param prepare is run before each try.
 * @param meant whether the call that was met is one for this fault; without it, the first run is the only one, also if it
 * made fewer calls.
 * @throws Error when no try met such a call.
 */
export async function injected(
  world: World,
  args: readonly string[],
  { name, ordinal, text }: SystemCall,
  fault: string,
  prepare: () => void,
  meant?: (call: SystemCall) => boolean,
): Promise<Result> {
  needs('strace');
  const folder = mkdtempSync(join(tmpdir(), 'tsawsume-strace-'));
  const log = join(folder, 'log');
  let aim = ordinal;
  try {
    for (let tried = 0; tried < TRIES; tried += 1) {
      prepare();
      const inject = `--inject=${name}:${fault}:when=${String(aim)}`;
      const result = await run(
        ['strace', '-s', '300', '-o', log, `--trace=${name}`, inject, ...PROGRAM, ...args],
        { env: world.env },
      );
      if (meant === undefined) return result;
      const calls = callsOf(readFileSync(log, 'utf8'));
      const met = calls.find((call) => call.ordinal === aim);
      if (met !== undefined && meant(met)) return result;
      aim = calls.find((call) => isLike(call.text, text))?.ordinal ?? ordinal;
    }
    throw new Error(`in ${String(TRIES)} runs, ${fault} never met ${text}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
