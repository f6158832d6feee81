import { begin, type Obtained } from '../../src/core/at-hand';
import { MfaCodes } from '../../src/core/mfa';
import { obtain } from '../../src/core/obtain';
import { Secret } from '../../src/core/secret';
import type { Clock, FakeIam, FakeSts, MemoryLocks, MemoryStore } from './fakes';
import { chainOf, profilesIn, requestOf, type Wish } from './plans';

/** Everything outside of a run. */
export interface Surroundings {
  readonly clock: Clock;
  readonly store: MemoryStore;
  readonly locks: MemoryLocks;
  readonly sts: FakeSts;
  readonly iam: FakeIam;
  /** What people were told. */
  readonly said: string[];
  /** Whether the chain begins with temporary keys. */
  readonly rootIsTemporary: boolean;
}

/** One run, without a person. @param code what the flag gives. */
export function obtainIn(around: Surroundings, wish: Wish, code?: string): Promise<Obtained> {
  const { clock, store, locks, sts, iam, said, rootIsTemporary } = around;
  const say = (line: string): void => void said.push(line);
  const shared = { store, now: clock.now, sleep: clock.sleep, say };
  const debug = (): void => undefined;
  const about = [profilesIn(wish), chainOf(wish), requestOf(wish)] as const;
  const ports = {
    ...shared,
    locks,
    sts: async () => sts,
    iam: async () => iam,
    info: () => undefined,
    debug,
    readToken: () => 'token',
    root: async () => ({
      accessKeyId: 'AKIAUSER',
      secretAccessKey: new Secret('s'),
      ...(rootIsTemporary ? { sessionToken: new Secret('t') } : {}),
    }),
    codes: new MfaCodes({
      ...shared,
      given: code,
      hasTerminal: () => false,
      runProcess: async () => '777777',
      prompt: async () => Promise.reject(new Error('nobody')),
    }),
  };
  return obtain(...about, ports, begin(...about, { store, now: clock.now, debug }));
}
