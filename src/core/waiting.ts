import { refused } from '../errors';
import type { Holder, Lock, Locks } from './ports';

/** How long another process is waited for, in milliseconds, by what it does. */
const PATIENCE = { fetching: 60_000, asking: 120_000, stopped: 10_000 } as const;
/** A wait that a person would notice is explained. */
const SILENCE_MS = 1_000;
/** How long one who can't give a code waits for somebody who can to turn up: all together under a second. */
const GRACE_MS = 600;

export interface WaitPorts {
  readonly locks: Locks;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly say: (line: string) => void;
}

/** Somebody asked for a code, and ended without a session: there is nothing to wait for any more. */
export const GAVE_UP = Symbol('gave up');

/**
 * The lock of that name, or what `look` finds meanwhile, since who waits for a lock waits for what its holder stores.
 * Throws `refused` when the holder does not come to an end in bounded time, naming its pid.
 */
export async function acquireOr<T>(
  name: string,
  look: () => T | undefined,
  ports: WaitPorts,
): Promise<Lock | { readonly found: T }> {
  const wait = new Wait(ports);
  for (;;) {
    const found = look();
    if (found !== undefined) return { found };
    const lock = ports.locks.tryAcquire(name);
    if (lock !== undefined) return lock;
    await wait.turn(ports.locks.holder(name));
  }
}

/**
 * For who has no way to a code: waits for another process that has one. Gives what `look` finds, or GAVE_UP when
 * nobody turns up in time or the one who asked was cancelled.
 */
export async function awaitOther<T>(
  name: string,
  look: () => T | undefined,
  ports: WaitPorts,
): Promise<T | typeof GAVE_UP> {
  const wait = new Wait(ports);
  const until = ports.now() + GRACE_MS;
  let sawHolder = false;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    const holder = ports.locks.holder(name);
    if (holder === undefined && (sawHolder || ports.now() >= until)) return look() ?? GAVE_UP;
    sawHolder ||= holder !== undefined;
    await wait.turn(holder);
  }
}

/** One wait: counts how long, says after a second what is waited for, and ends it in bounded time. */
class Wait {
  readonly #since: number;
  #told = false;

  constructor(private readonly ports: WaitPorts) {
    this.#since = ports.now();
  }

  async turn(holder: Holder | undefined): Promise<void> {
    const waited = this.ports.now() - this.#since;
    if (holder !== undefined) {
      const patience = holder.stopped ? PATIENCE.stopped : PATIENCE[holder.doing];
      if (waited > patience) throw tooLong(holder, waited);
      if (waited > SILENCE_MS && !this.#told) {
        this.#told = true;
        this.ports.say(`waiting for another tsawsume (pid ${String(holder.pid)}), which ${does(holder)}`);
      }
    }
    // Apart from one another, so that fifty who wait do not all look at the same instant.
    await this.ports.sleep(30 + Math.random() * 40);
  }
}

const does = ({ doing, stopped }: Holder): string =>
  stopped ? 'is stopped' : doing === 'asking' ? 'is asking for an MFA code' : 'is fetching the same session';

const tooLong = (holder: Holder, waited: number): Error =>
  refused(
    `another tsawsume (pid ${String(holder.pid)}) ${does(holder)}, and did not finish in ${String(Math.round(waited / 1000))}s`,
    holder.stopped ? 'continue it (fg) or end it, then try again' : 'finish or end it there, then try again',
  );
