import { lifetimeSeconds, type FetchedStep, type Plan, type Step } from './plan';
import type { SessionStore, StoredSession } from './ports';
import type { Session } from './session';

/** A session of the chain, and whether it was at hand. */
export interface Taken {
  readonly step: Step;
  readonly session: Session;
  readonly how: 'root' | 'stored' | 'fetched';
}

export interface StoredPorts {
  readonly store: SessionStore;
  readonly now: () => number;
  /** For `--debug`. */
  readonly debug: (line: string) => void;
}

/** The sessions that a run has at hand: the stored ones, and what it fetched itself. */
export class StoredSessions {
  readonly #fetched = new Map<string, Session>();
  readonly #startedAt: number;

  constructor(
    private readonly ports: StoredPorts,
    private readonly wishes: { readonly refresh: boolean; readonly minTtlSeconds: number },
  ) {
    this.#startedAt = ports.now();
  }

  /** The last step whose session is at hand: everything before it is not needed. */
  last({ steps }: Plan): { readonly index: number; readonly taken: Taken } | undefined {
    for (let index = steps.length - 1; index > 0; index -= 1) {
      const step = steps[index];
      if (step === undefined || step.kind === 'root') continue;
      const session = this.fresh(step, index === steps.length - 1);
      if (session !== undefined) return { index, taken: { step, session, how: 'stored' } };
    }
    return undefined;
  }

  /**
   * The session of a step, if it will live long enough: the last one as long as the user wishes, one that only signs
   * no longer than the default asks, lest a wish for a long role asks for a code too many.
   */
  fresh(step: FetchedStep, isLast: boolean): Session | undefined {
    const held = this.#fetched.get(step.key);
    if (held !== undefined) return held;
    const entry = this.ports.store.read(step.key, step.inputs);
    const tell = (found: string): void =>
      this.ports.debug(`${step.kind} of "${step.profile}", key ${step.key}: ${found}`);
    if (entry === undefined) {
      tell('nothing is stored');
      return undefined;
    }
    // With --refresh only what another process fetched since we began is new.
    if (this.wishes.refresh && entry.obtainedAt < this.#startedAt) {
      tell('stored, but --refresh wants it anew');
      return undefined;
    }
    const margin = isLast ? this.wishes.minTtlSeconds : Math.min(this.wishes.minTtlSeconds, 300);
    const left = lifeLeft(entry, this.ports.now());
    const fresh = left > margin * 1000;
    tell(
      `stored, ${String(Math.floor(left / 1000))}s left of ${String(margin)}s wanted: ${fresh ? 'taken' : 'too short'}`,
    );
    return fresh ? entry.session : undefined;
  }

  /** Keeps a session that was fetched, under the key of this step. */
  keep(step: FetchedStep, session: Session): void {
    this.#fetched.set(step.key, session);
    const { expiresAt } = session;
    if (expiresAt === undefined) return;
    this.ports.store.write({
      key: step.key,
      inputs: step.inputs,
      session: { ...session, expiresAt },
      obtainedAt: this.ports.now(),
      lifetimeSeconds: lifetimeSeconds(step),
      profile: step.profile,
      kind: step.kind,
    });
  }

  drop(step: FetchedStep): void {
    this.ports.store.drop(step.key);
    this.#fetched.delete(step.key);
  }
}

/**
 * Milliseconds. AWS says when it ends by AWS's clock; where ours is late, the length that was asked for tells sooner.
 * @param now milliseconds since the epoch.
 */
const lifeLeft = ({ session, obtainedAt, lifetimeSeconds: asked }: StoredSession, now: number): number =>
  Math.min(session.expiresAt, obtainedAt + asked * 1000) - now;
