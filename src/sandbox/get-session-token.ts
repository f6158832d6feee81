import { STS } from './action';
import type { SignedAction, SignedCall } from './action';
import { accessDenied } from './aws-error';
import { Constraints, wholeNumber } from './constraints';
import { checkMfaShape, takeMfa } from './mfa-check';
import { credentialsFields } from './session-fields';
import type { XmlFields } from './xml';

/** Seconds. A root user's sessions live an hour, whatever was asked for. */
const LIMITS = { least: 900, most: 129_600, normal: 43_200, root: 3600 } as const;

/**
 * A session of the user who calls, with MFA context where a code was given.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export const getSessionToken: SignedAction = { name: 'GetSessionToken', service: STS, signed: true, run };

function run({ cloud, params, caller }: SignedCall): XmlFields {
  const { principal } = caller;
  if (principal.kind !== 'user' || caller.lifetime !== 'long-lived') {
    throw accessDenied('Cannot call GetSessionToken with session credentials');
  }
  const asked = wholeNumber(params.get('DurationSeconds'));
  const constraints = new Constraints();
  constraints.range('durationSeconds', asked, [LIMITS.least, LIMITS.most]);
  checkMfaShape(constraints, params);
  constraints.done();

  const mfa = takeMfa(cloud, caller, params);
  const most = principal.user.root ? LIMITS.root : LIMITS.most;
  const session = cloud.issue(
    principal,
    Math.min(asked ?? LIMITS.normal, most),
    mfa === undefined ? {} : { mfaAt: mfa.at },
  );
  mfa?.spend();
  return { Credentials: credentialsFields(session) };
}
