import type { Chain } from './chain';
import { recallDevice, recallLongest, recallTemporary } from './facts';
import { makePlan, type Knowledge } from './make-plan';
import type { Plan } from './plan';
import type { SessionStore } from './ports';
import type { Profiles } from './profile';
import type { Request } from './request';
import type { Session } from './session';
import { StoredSessions, type StoredPorts, type Taken } from './stored-sessions';

/** The identity, and how it came about. */
export interface Obtained {
  readonly plan: Plan;
  readonly taken: readonly Taken[];
  readonly session: Session;
}

/** What earlier runs learned of this chain; `--refresh` asks again. */
export function knowledgeOf(chain: Chain, request: Request, store: SessionStore): Knowledge {
  if (request.refresh) return { longestOf: () => undefined };
  return {
    longestOf: (arn) => recallLongest(store, arn),
    foundDevice: () => recallDevice(store, chain, request),
    ...(recallTemporary(store, chain, request) ? { startIsTemporary: true } : {}),
  };
}

/** A run as far as it needs neither the network nor a person nor a lock: the plan, and what of it is stored. */
export interface Begun {
  readonly knowledge: Knowledge;
  readonly plan: Plan;
  readonly sessions: StoredSessions;
  readonly last: ReturnType<StoredSessions['last']>;
}

export function begin(profiles: Profiles, chain: Chain, request: Request, ports: StoredPorts): Begun {
  const knowledge = knowledgeOf(chain, request, ports.store);
  const sessions = new StoredSessions(ports, request);
  const begunWith = (known: Knowledge): Begun => {
    const plan = makePlan(profiles, chain, request, known);
    return { knowledge, plan, sessions, last: sessions.last(plan) };
  };
  // Whether a device was found is a file to look for (0.6 ms): not for an identity that is stored, whatever it took.
  const bare = begunWith({ ...knowledge, foundDevice: () => undefined });
  const isWhole = atHand(bare) !== undefined || knowledge.foundDevice?.() === undefined;
  const begun = isWhole ? bare : begunWith(knowledge);
  tellPlan(begun.plan, ports);
  return begun;
}

export function tellPlan(plan: Plan, { debug }: Pick<StoredPorts, 'debug'>): void {
  for (const step of plan.steps)
    debug(`planned: ${step.kind === 'root' ? 'keys' : step.kind}, because ${step.because}`);
}

/** The identity itself, where it was stored: what nearly every run ends with. */
export function atHand({ plan, last }: Begun): Obtained | undefined {
  if (last === undefined || last.index < plan.steps.length - 1) return undefined;
  return { plan, taken: [last.taken], session: last.taken.session };
}
