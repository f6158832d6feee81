import { refused, type TsawsumeError } from '../errors';
import { partitionOf } from './arn';
import type { Chain } from './chain';
import { describeOrigin, isMfaSerial, type MfaSerial } from './names';
import type { Plan } from './plan';
import { StsRefusal, type Iam } from './ports';
import type { UsableProfile } from './profile';
import type { Request } from './request';
import type { Session } from './session';
import { iamTarget } from './target';
import { quoted } from './words';

/*
 * A role may want MFA though no profile names a device. AWS says the same AccessDenied as for a role that does not
 * trust the caller, so IAM is asked which device the user has, and the role is asked for again, with its code.
 */

/** What a refused first role leaves behind. */
export interface Denied {
  readonly denial: TsawsumeError;
  /** The user's long-lived keys, which signed for it. */
  readonly keys: Session;
}

/**
 * The user's device, by ListMFADevices. Throws the role's own denial, with the reason why there is none: IAM refuses, is
 * not to be asked, or knows of no device that shows codes.
 */
export async function findDevice(
  iam: Iam,
  { denial, keys }: Denied,
  { chain, plan, request }: { readonly chain: Chain; readonly plan: Plan; readonly request: Request },
): Promise<MfaSerial> {
  const partition = partitionOf(chain.roles[0]?.roleArn.value ?? '');
  const target = iamTarget(chain.asked, plan.target, partition, request);
  // A stand-in for STS has people of its own, whom AWS's IAM does not know and need not hear of.
  if (plan.target.endpoint !== undefined && target.endpoint === undefined) {
    throw withReason(denial, 'an endpoint is set for STS and none for IAM, so your device is not looked up');
  }
  let serials: readonly string[];
  try {
    serials = await iam.listMfaDevices(keys, target);
  } catch (error) {
    if (!(error instanceof StsRefusal)) throw error;
    throw withReason(denial, `your MFA device can't be looked up (ListMFADevices: ${error.code})`);
  }
  const device = codeDevice(serials);
  if (device !== undefined) return device;
  throw withReason(
    denial,
    serials.length === 0
      ? 'IAM knows no MFA device of yours'
      : 'your MFA devices show no codes: a role needs a virtual one',
  );
}

/**
 * The device to ask for a code: a virtual one before a hardware token. A FIDO key's ARN (`u2f/…`) can't be used with
 * STS (IAM User Guide, "Using MFA devices with the AWS CLI").
 */
export function codeDevice(serials: readonly string[]): MfaSerial | undefined {
  const usable = serials.filter(isMfaSerial);
  return (
    usable.find((serial) => /^arn:[^:]+:iam::\d{12}:mfa\//.test(serial)) ??
    usable.find((serial) => !serial.startsWith('arn:'))
  );
}

/** The line that saves the search the next time, and where it belongs. */
export function offerLine(chain: Chain, serial: MfaSerial): string {
  const { name, origin } = ownerOf(chain);
  return `to be asked for its code at once, add to profile ${quoted(name)} (${describeOrigin(origin)}): mfa_serial = ${serial}`;
}

/** A role that only the command line names has no section: its source has one. */
function ownerOf({ roles, startProfile }: Chain): UsableProfile {
  const [first] = roles;
  return first === undefined || first.roleArn.from === '--role-arn' ? startProfile : first;
}

const withReason = (denial: TsawsumeError, reason: string): TsawsumeError =>
  refused(denial.message, `${denial.hint ?? ''}; ${reason}`, { cause: denial });
