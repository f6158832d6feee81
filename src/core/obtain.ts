import type { Chain } from './chain';
import { codeProcess } from './chain-device';
import { tellPlan, type Begun, type Obtained } from './at-hand';
import { Execution, type ExecutePorts, type LastStored } from './execute';
import { rememberDevice, rememberTemporary } from './facts';
import { findDevice, offerLine } from './find-device';
import { makePlan, type Knowledge } from './make-plan';
import type { MfaSerial } from './names';
import type { FetchedStep, Plan } from './plan';
import type { Profiles } from './profile';
import type { Request } from './request';
import { describeSeconds } from './time';
import { quoted } from './words';

/**
 * Runs what was begun, and plans anew when the run taught something no file knows: that a process gives temporary keys, that
 * a role refuses so long a session, or wants a code of a device that IAM names. Each is remembered, so the next run plans it right from the start.
 */
export async function obtain(
  profiles: Profiles,
  chain: Chain,
  request: Request,
  ports: ExecutePorts,
  { sessions, ...begun }: Begun,
): Promise<Obtained> {
  const execution = new Execution(ports, sessions, chain.asked.name);
  let { knowledge, plan } = begun;
  let last: LastStored | undefined = { found: begun.last };
  let found: MfaSerial | undefined;
  const planAnew = (learned: Partial<Knowledge>): void => {
    knowledge = { ...knowledge, ...learned };
    plan = makePlan(profiles, chain, request, knowledge);
    tellPlan(plan, ports);
  };
  for (;;) {
    const outcome = await execution.run(plan, last);
    last = undefined;
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
      planAnew({ foundDevice: () => serial });
      continue;
    }
    if (outcome.kind === 'start-is-temporary') {
      rememberTemporary(ports.store, chain, request);
      planAnew({ startIsTemporary: true });
      continue;
    }
    const { step, seconds, session } = outcome;
    const arn = step.kind === 'get-session-token' ? '' : step.roleArn.value;
    ports.say(
      `${quoted(step.profile)} refused so long a session; it took ${describeSeconds(seconds)}, which is remembered`,
    );
    planAnew(withLongest(knowledge, arn, seconds));
    const twin = twinOf(plan, step);
    if (twin !== undefined) sessions.keep(twin, session);
  }
}

const withLongest = (knowledge: Knowledge, arn: string, seconds: number): Partial<Knowledge> => ({
  longestOf: (asked) => (asked === arn ? seconds : knowledge.longestOf(asked)),
});

/** The same role's step in the changed plan. */
const twinOf = (plan: Plan, step: FetchedStep): FetchedStep | undefined =>
  plan.steps.find(
    (other): other is FetchedStep => other.kind === step.kind && other.profile === step.profile,
  );
