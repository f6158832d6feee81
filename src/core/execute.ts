import { callStep, type CallPorts, type Fetched } from './call';
import { CHAINED_SECONDS } from './durations';
import { rememberLongest } from './facts';
import type { Denied } from './find-device';
import { noOneToAsk, type MfaCodes } from './mfa';
import type { ProfileName } from './names';
import { lifetimeSeconds, type FetchedStep, type Plan, type RootStep, type Step } from './plan';
import { StsRefusal, type Iam, type Lock, type Sts } from './ports';
import { describeRefusal, isDeadSigner, isRevoked, mayWantMfa } from './refusals';
import { isTemporary, type Session } from './session';
import type { StoredPorts, StoredSessions, Taken } from './stored-sessions';
import { acquireOr, awaitOther, GAVE_UP, type WaitPorts } from './waiting';

export interface ExecutePorts extends WaitPorts, StoredPorts {
  readonly sts: () => Promise<Sts>;
  readonly iam: () => Promise<Iam>;
  readonly codes: MfaCodes;
  /** The keys a chain begins with. */
  readonly root: (step: RootStep) => Promise<Session>;
  readonly readToken: (path: string) => string;
  /** For `--info`. */
  readonly info: (line: string) => void;
}

/** What ended a run: the identity, or something learned that makes another plan. */
export type Outcome =
  | { readonly kind: 'done'; readonly taken: readonly Taken[]; readonly session: Session }
  | { readonly kind: 'start-is-temporary' }
  | ({ readonly kind: 'denied-without-mfa' } & Denied)
  | {
      readonly kind: 'stepped-down';
      readonly step: FetchedStep;
      readonly seconds: number;
      readonly session: Session;
    };

/** What a look into the store has found, which may be nothing. */
export interface LastStored {
  readonly found: ReturnType<StoredSessions['last']>;
}

class Learned extends Error {
  constructor(readonly outcome: Outcome) {
    super('the plan changes');
  }
}

/** The signer came from the store and AWS does not know it any more: it is to be fetched anew. */
class DeadSigner extends Error {
  constructor(readonly step: FetchedStep) {
    super('the stored signer is dead');
  }
}

/** Temporary keys get no session token, and no role for more than an hour: a refusal would be no fault of the role's. */
const wantsLongLived = (step: FetchedStep): boolean =>
  step.kind === 'get-session-token' || lifetimeSeconds(step) > CHAINED_SECONDS;

/** One run of one or more plans: it remembers what it has fetched, so that a changed plan goes on from there. */
export class Execution {
  #root: Session | undefined;

  constructor(
    private readonly ports: ExecutePorts,
    private readonly sessions: StoredSessions,
    /** The profile asked for: who is asked for a code is told this one, whichever of the chain the code is for. */
    private readonly asked: ProfileName,
  ) {}

  /**
   * Runs a plan: takes the last stored session that is fresh, and fetches what comes after it, each step under its
   * own lock. Locks are never nested, so nobody who waits for a role keeps others from the user's session before it.
   * @param known what was found stored already, by whoever looked.
   */
  async run(plan: Plan, known?: LastStored): Promise<Outcome> {
    let last = known ?? { found: this.sessions.last(plan) };
    let dropped = false;
    for (;;) {
      try {
        return await this.#forward(plan, last.found);
      } catch (error) {
        if (error instanceof Learned) return error.outcome;
        if (!(error instanceof DeadSigner) || dropped) throw error;
        // Once: a session that was just fetched and is refused again is another fault.
        dropped = true;
        this.ports.info(
          `AWS does not know the stored session of "${error.step.profile}" any more: fetched anew`,
        );
        this.sessions.drop(error.step);
        last = { found: this.sessions.last(plan) };
      }
    }
  }

  async #forward(plan: Plan, stored: LastStored['found']): Promise<Outcome> {
    const taken: Taken[] = [];
    if (stored !== undefined) taken.push(stored.taken);
    for (let index = stored === undefined ? 0 : stored.index + 1; index < plan.steps.length; index += 1) {
      const step = plan.steps[index];
      if (step === undefined) break;
      const isLast = index === plan.steps.length - 1;
      if (step.kind === 'root') {
        // Keys that a later step may not even need are taken up when that step signs.
        if (isLast) taken.push({ step, session: await this.#rootSession(step), how: 'root' });
        continue;
      }
      taken.push(await this.#take(step, isLast, plan.steps[index - 1], taken.at(-1)));
    }
    const last = taken.at(-1);
    if (last === undefined) throw new TypeError('a plan without steps');
    return { kind: 'done', taken, session: last.session };
  }

  async #take(
    step: FetchedStep,
    isLast: boolean,
    before: Step | undefined,
    signer: Taken | undefined,
  ): Promise<Taken> {
    const look = (): Session | undefined => this.sessions.fresh(step, isLast);
    const mfa = step.kind === 'web-identity' ? undefined : step.mfa;
    if (mfa !== undefined && !this.ports.codes.canAnswer(mfa)) {
      const session = await awaitOther(step.key, look, this.ports);
      if (session === GAVE_UP) throw noOneToAsk(mfa, this.asked);
      return { step, session, how: 'stored' };
    }
    const got = await acquireOr(step.key, look, this.ports);
    if ('found' in got) return { step, session: got.found, how: 'stored' };
    try {
      // Who held it before us may have stored what we want.
      const session = look();
      if (session !== undefined) return { step, session, how: 'stored' };
      return { step, session: await this.#fetch(step, before, signer, got), how: 'fetched' };
    } finally {
      got.release();
    }
  }

  async #fetch(
    step: FetchedStep,
    before: Step | undefined,
    signer: Taken | undefined,
    lock: Lock,
  ): Promise<Session> {
    const keys = async (): Promise<Session> => {
      if (signer !== undefined) return signer.session;
      if (before?.kind !== 'root') throw new TypeError('a step without a signer');
      const root = await this.#rootSession(before);
      // No file can tell of a process whether its keys are temporary.
      if (isTemporary(root) && wantsLongLived(step)) throw new Learned({ kind: 'start-is-temporary' });
      return root;
    };
    const ports: CallPorts = {
      ...this.ports,
      asked: this.asked,
      asking: (now) => lock.doing(now ? 'asking' : 'fetching'),
      refusedDuration: ({ roleArn }, next) => rememberLongest(this.ports.store, roleArn.value, next),
    };
    let fetched: Fetched;
    try {
      fetched = await callStep(step, keys, ports);
    } catch (error) {
      if (!(error instanceof StsRefusal)) throw error;
      if (
        signer?.how === 'stored' &&
        signer.step.kind !== 'root' &&
        (isDeadSigner(error) || isRevoked(error))
      )
        throw new DeadSigner(signer.step);
      const denial = describeRefusal(error, step);
      const keys = this.#root;
      const noCode = signer === undefined && step.kind === 'assume-role' && step.mfa === undefined;
      if (noCode && keys !== undefined && !isTemporary(keys) && mayWantMfa(error))
        throw new Learned({ kind: 'denied-without-mfa', denial, keys });
      throw denial;
    }
    const { session, steppedDownTo: seconds } = fetched;
    if (seconds !== undefined) throw new Learned({ kind: 'stepped-down', step, seconds, session });
    this.sessions.keep(step, session);
    return session;
  }

  async #rootSession(step: RootStep): Promise<Session> {
    this.#root ??= await this.ports.root(step);
    return this.#root;
  }
}
