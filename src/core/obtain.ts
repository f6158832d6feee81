import type { Chain } from './chain';
import { codeProcess } from './chain-device';
import { Execution, type ExecutePorts, type Taken } from './execute';
import { recallDevice, recallLongest, recallTemporary, rememberDevice, rememberTemporary } from './facts';
import { findDevice, offerLine } from './find-device';
import { makePlan, type Knowledge } from './make-plan';
import type { MfaSerial } from './names';
import type { FetchedStep, Plan } from './plan';
import type { SessionStore } from './ports';
import type { Profiles } from './profile';
import type { Request } from './request';
import type { Session } from './session';
import { describeSeconds } from './time';
import { quoted } from './words';

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

/**
 * Plans, runs, and plans anew when the run taught something no file knows: that a process gives temporary keys, that
 * a role refuses so long a session, or wants a code of a device that IAM names. Each is remembered, so the next run plans it right from the start.
 */
export async function obtain(
  profiles: Profiles,
  chain: Chain,
  request: Request,
  ports: ExecutePorts,
): Promise<Obtained> {
  const execution = new Execution(ports, request, chain.asked.name);
  let knowledge = knowledgeOf(chain, request, ports.store);
  let found: MfaSerial | undefined;
  for (;;) {
    const plan = makePlan(profiles, chain, request, knowledge);
    for (const step of plan.steps)
      ports.debug(`planned: ${step.kind === 'root' ? 'keys' : step.kind}, because ${step.because}`);
    const outcome = await execution.run(plan);
    if (outcome.kind === 'done') {
      if (found !== undefined) {
        rememberDevice(ports.store, chain, request, found);
        ports.say(offerLine(chain, found));
      }
      return { plan, taken: outcome.taken, session: outcome.session };
    }
    if (outcome.kind === 'denied-without-mfa') {
      // Once a run; and where nobody can give a code, a device is of no use.
      const useful = ports.codes.canAnswer({ process: codeProcess(chain, request) });
      if (found !== undefined || !useful) throw outcome.denial;
      const serial = await findDevice(await ports.iam(), outcome, { chain, plan, request });
      ports.say(
        `${quoted(chain.roles[0]?.name ?? '')} was refused without MFA, and no profile has mfa_serial; IAM names your device ${serial}`,
      );
      found = serial;
      knowledge = { ...knowledge, foundDevice: () => serial };
      continue;
    }
    if (outcome.kind === 'start-is-temporary') {
      rememberTemporary(ports.store, chain, request);
      knowledge = { ...knowledge, startIsTemporary: true };
      continue;
    }
    const { step, seconds, session } = outcome;
    const arn = step.kind === 'get-session-token' ? '' : step.roleArn.value;
    ports.say(
      `${quoted(step.profile)} refused so long a session; it took ${describeSeconds(seconds)}, which is remembered`,
    );
    knowledge = withLongest(knowledge, arn, seconds);
    const twin = twinOf(makePlan(profiles, chain, request, knowledge), step);
    if (twin !== undefined) execution.keep(twin, session);
  }
}

const withLongest = (knowledge: Knowledge, arn: string, seconds: number): Knowledge => ({
  ...knowledge,
  longestOf: (asked) => (asked === arn ? seconds : knowledge.longestOf(asked)),
});

/** The same role's step in the changed plan. */
const twinOf = (plan: Plan, step: FetchedStep): FetchedStep | undefined =>
  plan.steps.find(
    (other): other is FetchedStep => other.kind === step.kind && other.profile === step.profile,
  );
