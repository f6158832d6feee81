import type { Chain } from './chain';
import type { MfaSerial, Sourced } from './names';
import { FROM_IAM, type MfaDevice } from './plan';
import type { RoleProfile, UsableProfile } from './profile';
import type { Request } from './request';
import { quoted } from './words';

/**
 * The device whose code the chain needs: of the first role, or of its source (semantics 9); else of a later role,
 * since a role's session can't bring a code and only the user's own session carries MFA on (semantics 15).
 */
export function mfaOfChain(
  chain: Chain,
  request: Request,
  temporary: boolean,
  notes: string[],
): MfaDevice | undefined {
  if (!('by' in chain.start)) return undefined;
  // Temporary keys that the user brings carry their MFA, as awsume takes it; a code of theirs can't be asked for here.
  if (chain.start.by === 'json' && temporary) return undefined;
  if (chain.roles.length === 0) {
    const { startProfile } = chain;
    return temporary || startProfile.kind === 'role'
      ? undefined
      : device(startProfile.mfaSerial, startProfile, undefined, request);
  }
  const serials = chain.roles.map((role, index) => serialOf(role, sourceOf(chain, index)));
  const index = serials.findIndex((serial) => serial !== undefined);
  const serial = serials[index];
  if (serial === undefined) return undefined;
  if (index > 0 && temporary) {
    notes.push(
      `${quoted(chain.roles[index]?.name ?? '')} names an MFA device, but its signer is a role and can't bring a code`,
    );
    return undefined;
  }
  return device(serial, chain.roles[index], sourceOf(chain, index), request);
}

/** Nobody looks for a device of a user's own session, nor for one that a later role might want. */
export function foundDevice(
  chain: Chain,
  request: Request,
  found: (() => MfaSerial | undefined) | undefined,
): MfaDevice | undefined {
  const serial = chain.roles.length === 0 ? undefined : found?.();
  if (serial === undefined) return undefined;
  return { serial: { value: serial, from: FROM_IAM }, process: codeProcess(chain, request) };
}

/** The command that would give a code for the first role. */
export const codeProcess = (chain: Chain, request: Request): Sourced | undefined =>
  chain.roles[0]?.mfaProcess ?? chain.startProfile.mfaProcess ?? request.mfaProcess;

const sourceOf = (chain: Chain, index: number): UsableProfile | undefined =>
  index > 0 ? chain.roles[index - 1] : chain.startProfile;

const serialOf = (role: RoleProfile, source: UsableProfile | undefined): Sourced<MfaSerial> | undefined =>
  role.mfaSerial ?? source?.mfaSerial;

function device(
  serial: Sourced<MfaSerial> | undefined,
  profile: UsableProfile | undefined,
  source: UsableProfile | undefined,
  request: Request,
): MfaDevice | undefined {
  if (serial === undefined) return undefined;
  return { serial, process: profile?.mfaProcess ?? source?.mfaProcess ?? request.mfaProcess };
}
