import { badProfile, refused, type TsawsumeError } from '../errors';
import { describeOrigin } from './names';
import { FROM_IAM, type FetchedStep } from './plan';
import type { StsRefusal } from './ports';
import { describeSeconds } from './time';
import { quoted } from './words';

/** STS says so when the code is wrong, or was used before. */
export const isWrongCode = (refusal: StsRefusal): boolean =>
  refusal.code === 'AccessDenied' &&
  /MultiFactorAuthentication failed.*one time pass ?code/i.test(refusal.text);

/** The signer is not known (any more): an expired session, or one whose keys were deleted. */
export const isDeadSigner = ({ code }: StsRefusal): boolean =>
  code === 'ExpiredToken' || code === 'ExpiredTokenException' || code === 'InvalidClientTokenId';

/** A session whose role was revoked after it was issued (`AWSRevokeOlderSessions`): every call is denied by name. */
export const isRevoked = ({ code, text }: StsRefusal): boolean =>
  code === 'AccessDenied' && text.includes('with an explicit deny in an identity-based policy');

/**
 * AWS says no more than AccessDenied when a role wants MFA, or when the user's own policy denies everything without it.
 * Where it speaks of the code itself, MFA was not what was missing.
 */
export const mayWantMfa = ({ code, text }: StsRefusal): boolean =>
  code === 'AccessDenied' && !text.includes('MultiFactorAuthentication failed');

/** AWS does not always say how long a role may last, so its message is not parsed (semantics 16). */
export const isRefusedDuration = (refusal: StsRefusal, seconds: number | undefined): boolean =>
  refusal.code === 'ValidationError' && seconds !== undefined && seconds > 3600;

/** What a person can do about it. STS's own words follow ours; whoever prints them makes them harmless. */
export function describeRefusal(refusal: StsRefusal, step: FetchedStep): TsawsumeError {
  const what = `${actionOf(step)} for profile ${quoted(step.profile)}`;
  if (refusal.code === 'NetworkError') {
    return refused(`${what}: STS was not reached: ${refusal.text}`, networkHint(step));
  }
  const clock = clockHint(refusal);
  const text = refusal.text === '' ? refusal.code : `${refusal.code}: ${refusal.text}`;
  return refused(`${what} was refused: ${text}`, clock ?? hintFor(refusal, step), { cause: refusal });
}

function actionOf(step: FetchedStep): string {
  switch (step.kind) {
    case 'get-session-token':
      return 'GetSessionToken';
    case 'assume-role':
      return `AssumeRole of ${step.roleArn.value}`;
    case 'web-identity':
      return `AssumeRoleWithWebIdentity of ${step.roleArn.value}`;
  }
}

function networkHint({ target }: FetchedStep): string {
  const { endpoint, region } = target;
  return endpoint === undefined
    ? `look at the network and the proxy; STS was called in ${region.value} (${describeOrigin(region.from)})`
    : `look at the network and the proxy; the endpoint is set by ${describeOrigin(endpoint.from)}`;
}

/** "Signature expired" and RequestTimeTooSkewed: the clock is off. */
function clockHint({ code, text, clockOffset }: StsRefusal): string | undefined {
  if (code !== 'RequestTimeTooSkewed' && !/Signature (expired|not yet current)/.test(text)) return undefined;
  if (clockOffset === undefined) return 'the clock of this machine is off: set it';
  // To the nearest minute: STS's clock is read from a header of whole seconds.
  const exact = Math.abs(clockOffset) / 1000;
  const seconds = exact < 60 ? exact : Math.round(exact / 60) * 60;
  return `the clock of this machine is ${describeSeconds(seconds)} ${clockOffset > 0 ? 'behind' : 'ahead'}: set it`;
}

function hintFor(refusal: StsRefusal, step: FetchedStep): string {
  switch (refusal.code) {
    case 'AccessDenied':
      return deniedHint(refusal, step);
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return 'the keys that signed have expired: renew them where they come from, or try again with --refresh';
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
      return 'AWS does not know the access key: look whether it was deleted or is of another partition';
    case 'SignatureDoesNotMatch':
      return 'the secret access key does not belong to the access key id: copy both anew';
    case 'ValidationError':
      return 'look at the values with: tsawsume explain ' + step.profile;
    case 'RegionDisabledException':
      return `STS is not active in ${step.target.region.value} for this account: activate it, or choose another region with --region`;
    case 'Throttling':
    case 'ThrottlingException':
    case 'RequestLimitExceeded':
      return 'AWS is throttling: wait a little, then try again';
    default:
      return 'see each value and where it comes from with: tsawsume explain ' + step.profile;
  }
}

function deniedHint({ text }: StsRefusal, step: FetchedStep): string {
  if (text.includes('with an explicit deny'))
    return 'a policy forbids it to the session that signs; if its sessions were revoked, get a new one: --refresh';
  if (text.includes('MultiFactorAuthentication failed')) {
    return step.kind !== 'web-identity' && step.mfa?.serial.from === FROM_IAM
      ? 'the device that IAM named before may be gone: look for another with --refresh'
      : 'look at mfa_serial: it must be a device of this very user';
  }
  if (step.kind === 'get-session-token') return 'only long-lived keys of a user can ask for a session token';
  const withMfa = step.kind === 'assume-role' && (step.mfa !== undefined || step.because.includes('MFA'));
  return withMfa || step.kind === 'web-identity'
    ? `look whether the role's trust policy names you, and whether you may call sts:AssumeRole on it`
    : `the role does not trust you, or it wants MFA: then add mfa_serial to the profile (or to its source)`;
}

/** The file of a web identity token says nothing. */
export const emptyToken = (file: string): TsawsumeError =>
  badProfile(
    `the web identity token file ${file} is empty`,
    'let the identity provider write it, then try again',
  );

/** The same for a call that belongs to no step. */
export const describeRefusalOf = (refusal: StsRefusal, what: string): TsawsumeError =>
  refused(
    `${what} was refused: ${refusal.code}: ${refusal.text}`,
    clockHint(refusal) ??
      (refusal.text.includes('explicit deny')
        ? 'a policy forbids it; if the sessions of this role were revoked, get a new one: --refresh'
        : refusal.code === 'AccessDenied'
          ? 'that identity may not do this: use one that may'
          : 'if the session was revoked or the keys deleted, fetch it anew: --refresh'),
    { cause: refusal },
  );
