import type { MfaCode } from '../../src/core/names';
import { isMfaSerial, type MfaSerial } from '../../src/core/names';
import type { AssumeRoleStep, FetchedStep, GetSessionTokenStep } from '../../src/core/plan';
import type { Holder, Iam, Inputs, Locks, SessionStore, StoredSession, Sts } from '../../src/core/ports';
import { Secret } from '../../src/core/secret';
import type { Session } from '../../src/core/session';

/** A clock that moves only when somebody sleeps. */
export class Clock {
  constructor(public at = Date.UTC(2026, 0, 1)) {}
  /** Run before each sleep, with the time that has passed since the start. */
  onSleep: (at: number) => void = () => undefined;
  readonly slept: number[] = [];
  readonly now = (): number => this.at;
  readonly sleep = async (milliseconds: number): Promise<void> => {
    this.slept.push(milliseconds);
    this.at += milliseconds;
    this.onSleep(this.at);
    await Promise.resolve();
  };
}

export class MemoryStore implements SessionStore {
  readonly entries = new Map<string, StoredSession>();
  readonly facts = new Map<string, Inputs>();
  read(key: string): StoredSession | undefined {
    return this.entries.get(key);
  }
  write(entry: StoredSession): void {
    this.entries.set(entry.key, entry);
  }
  drop(key: string): void {
    this.entries.delete(key);
  }
  sweep(): void {
    return;
  }
  all(): readonly StoredSession[] {
    return [...this.entries.values()];
  }
  trouble(): undefined {
    return undefined;
  }
  clear(): number {
    const { size } = this.entries;
    this.entries.clear();
    this.facts.clear();
    return size;
  }
  recall(fact: string): Inputs | undefined {
    return this.facts.get(fact);
  }
  remember(fact: string, value: Inputs): void {
    this.facts.set(fact, value);
  }
  forget(fact: string): void {
    this.facts.delete(fact);
  }
}

/** Locks of this process, and of others that the test speaks for. */
export class MemoryLocks implements Locks {
  readonly held = new Set<string>();
  /** Everything that happened, in order. */
  readonly log: string[] = [];
  /** Who else holds every lock. */
  other: Holder | undefined;

  tryAcquire(name: string) {
    if (this.other !== undefined || this.held.has(name)) return undefined;
    this.held.add(name);
    this.log.push('acquired');
    return {
      doing: (what: Holder['doing']) => void this.log.push(what),
      release: () => {
        this.held.delete(name);
        this.log.push('released');
      },
    };
  }
  holder(): Holder | undefined {
    return this.other;
  }
  sweep(): void {
    return;
  }
}

export const serialOf = (text: string): MfaSerial => {
  if (!isMfaSerial(text)) throw new Error('no serial');
  return text;
};

/** A call as STS saw it: `GetSessionToken by AKIA with 123456`. */
export interface Heard {
  readonly action: string;
  readonly signer: string;
  readonly seconds: number | undefined;
  readonly code: MfaCode | undefined;
}

/** An STS that gives sessions of the length that was asked for, or throws what the test says. */
export class FakeSts implements Sts {
  readonly heard: Heard[] = [];
  #count = 0;

  constructor(
    private readonly now: () => number,
    /** May throw, for the nth call, counted from 1. */
    public refuse: (call: Heard, nth: number) => void = () => undefined,
  ) {}

  #answer(
    action: string,
    signer: Session | undefined,
    step: FetchedStep,
    code: MfaCode | undefined,
  ): Session {
    const seconds = step.duration?.value;
    const call: Heard = { action, signer: signer?.accessKeyId ?? 'nobody', seconds, code };
    this.heard.push(call);
    this.refuse(call, this.heard.length);
    this.#count += 1;
    const normal = action === 'GetSessionToken' ? 43_200 : 3_600;
    return {
      accessKeyId: `ASIA${String(this.#count)}`,
      secretAccessKey: new Secret('secret'),
      sessionToken: new Secret('token'),
      expiresAt: this.now() + (seconds ?? normal) * 1000,
    };
  }
  async getFederationToken(): Promise<Session> {
    throw new Error('no plan asks for a federation token');
  }
  async getSessionToken(
    signer: Session,
    step: GetSessionTokenStep,
    code: MfaCode | undefined,
  ): Promise<Session> {
    return this.#answer('GetSessionToken', signer, step, code);
  }
  async assumeRole(signer: Session, step: AssumeRoleStep, code: MfaCode | undefined): Promise<Session> {
    return this.#answer('AssumeRole', signer, step, code);
  }
  async assumeRoleWithWebIdentity(step: FetchedStep): Promise<Session> {
    return this.#answer('AssumeRoleWithWebIdentity', undefined, step, undefined);
  }
  async getCallerIdentity(): Promise<never> {
    throw new Error('not asked for here');
  }

  get calls(): readonly string[] {
    return this.heard.map(({ action, signer, seconds, code }) =>
      [
        action,
        'by',
        signer,
        ...(seconds === undefined ? [] : [String(seconds)]),
        ...(code === undefined ? [] : ['+code']),
      ].join(' '),
    );
  }
}

/** An IAM that is only asked for MFA devices. */
export class FakeIam implements Iam {
  /** Who signed each ListMFADevices. */
  readonly heard: string[] = [];

  /** @param devices gives their serials, or throws. */
  constructor(public devices: () => readonly string[] = () => []) {}

  async listMfaDevices({ accessKeyId }: Session): Promise<readonly string[]> {
    this.heard.push(accessKeyId);
    return this.devices();
  }
  async listRoles(): Promise<never> {
    throw new Error('not asked for here');
  }
  async putRolePolicy(): Promise<never> {
    throw new Error('not asked for here');
  }
}
