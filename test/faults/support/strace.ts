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
 * What of a call is the same on every run: of one that names a file all but its result, and numbers for the parts of a
 * name that are a process, a moment or chance; of others their beginning.
 */
function shapeOf(text: string): string {
  if (!/[(\s]"\//.test(text)) return text.slice(0, 40);
  return text.replace(/\)\s+=\s.*$/, '').replace(/[\da-f]*\d[\da-f]*/g, '0');
}

/** Where among these calls the one is that `text` says. */
const placeOf = (text: string, calls: readonly SystemCall[]): number | undefined =>
  calls.find((call) => shapeOf(call.text) === shapeOf(text))?.ordinal;

/** How often a run is made again whose fault met another call than it was meant for. */
const TRIES = 10;

/**
 * Runs the program with a fault at one system call of its main thread. How often Node wakes its own threads up is not the
 * same on every run, so that the call of that number may be another one: then the run is made again, aimed at where the
 * call was then.
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
  const placeWithout = async (): Promise<number | undefined> => {
    prepare();
    return placeOf(text, (await traced(world, args)).calls);
  };
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
      // A run that broke off before it came there does not tell; one without a fault does.
      aim = placeOf(text, calls) ?? (await placeWithout()) ?? ordinal;
    }
    throw new Error(`in ${String(TRIES)} runs, ${fault} never met ${text}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
