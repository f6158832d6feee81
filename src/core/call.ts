import { blaming } from './blame';
import { emptyToken, isRefusedDuration, isWrongCode } from './refusals';
import type { MfaCodes } from './mfa';
import type { MfaCode, ProfileName, Sourced } from './names';
import { StsRefusal, type Sts } from './ports';
import type { AssumeRoleStep, FetchedStep, GetSessionTokenStep, MfaDevice, WebIdentityStep } from './plan';
import type { Session } from './session';

/** What a role is asked for after it refused more, in seconds (semantics 16). */
const LADDER = [43_200, 28_800, 14_400, 7_200, 3_600] as const;

export interface CallPorts {
  readonly sts: () => Promise<Sts>;
  readonly codes: MfaCodes;
  /** The profile that a code is asked for. */
  readonly asked: ProfileName;
  readonly readToken: (path: string) => string;
  /** Told at once what a role is asked for next when it refuses more: a next run must not begin anew. */
  readonly refusedDuration: (step: AssumeRoleStep, next: number) => void;
  /** Told while a person or a command is asked for a code, and when that is over. */
  readonly asking: (now: boolean) => void;
}

export interface Fetched {
  readonly session: Session;
  /** The seconds the role took, when it refused what was asked for. */
  readonly steppedDownTo?: number;
}

/**
 * Makes a step's call. Throws `StsRefusal` as STS gave it, when it is about the signer or the call; what concerns the
 * code is settled here: a wrong one is asked for again.
 */
export async function callStep(
  step: FetchedStep,
  signer: () => Promise<Session>,
  ports: CallPorts,
): Promise<Fetched> {
  switch (step.kind) {
    case 'web-identity':
      return { session: await callWebIdentity(step, ports) };
    case 'get-session-token': {
      const keys = await signer();
      const sts = await ports.sts();
      return { session: await withCode(step, ports, (code) => sts.getSessionToken(keys, step, code)) };
    }
    case 'assume-role':
      return callAssumeRole(step, await signer(), ports);
  }
}

async function callWebIdentity(step: WebIdentityStep, ports: CallPorts): Promise<Session> {
  const { value: file, from } = step.tokenFile;
  const token = await blaming(step.profile, from, () => {
    const text = ports.readToken(file).trim();
    if (text === '') throw emptyToken(file);
    return text;
  });
  return (await ports.sts()).assumeRoleWithWebIdentity(step, token);
}

async function callAssumeRole(step: AssumeRoleStep, signer: Session, ports: CallPorts): Promise<Fetched> {
  const sts = await ports.sts();
  let duration = step.duration;
  // A call that was refused for its duration has not spent the code, so it goes along again.
  let sent: MfaCode | undefined;
  for (;;) {
    try {
      const asked = { ...step, duration };
      const call = (code: MfaCode | undefined): Promise<Session> => {
        sent = code;
        return sts.assumeRole(signer, asked, code);
      };
      const session = await withCode(asked, ports, call, sent);
      const lower = duration !== undefined && duration !== step.duration;
      return lower ? { session, steppedDownTo: duration?.value ?? 0 } : { session };
    } catch (error) {
      const next =
        error instanceof StsRefusal && isRefusedDuration(error, duration?.value)
          ? below(duration)
          : undefined;
      if (next === undefined) throw error;
      ports.refusedDuration(step, next.value);
      duration = next;
    }
  }
}

function below(duration: Sourced<number> | undefined): Sourced<number> | undefined {
  const next = LADDER.find((seconds) => seconds < (duration?.value ?? 0));
  return next === undefined ? undefined : { value: next, from: 'stepped down' };
}

/**
 * Calls with a code where the step wants one; a wrong one is asked for again as often as `MfaCodes` allows.
 * @param kept a code that is at hand and not spent.
 */
async function withCode(
  step: GetSessionTokenStep | AssumeRoleStep,
  ports: CallPorts,
  call: (code: MfaCode | undefined) => Promise<Session>,
  kept?: MfaCode,
): Promise<Session> {
  if (step.mfa === undefined) return call(undefined);
  let code = kept ?? (await ask(step.mfa, ports));
  for (;;) {
    try {
      return await call(code);
    } catch (error) {
      if (!(error instanceof StsRefusal)) throw error;
      if (!error.reached) ports.codes.unspend(step.mfa, code);
      if (!isWrongCode(error)) throw error;
      code = await ask(step.mfa, ports, 'AWS refused that MFA code: it is wrong, or was used before');
    }
  }
}

async function ask(mfa: MfaDevice, ports: CallPorts, again?: string): Promise<MfaCode> {
  ports.asking(true);
  try {
    return await ports.codes.next(mfa, ports.asked, again);
  } finally {
    ports.asking(false);
  }
}
