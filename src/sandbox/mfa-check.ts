import { accessDenied } from './aws-error';
import type { Cloud } from './cloud';
import type { Constraints } from './constraints';
import type { Credential } from './model';
import type { Params } from './query';

/** A code that was right. `spend` is called once the call has succeeded. */
export interface GivenMfa {
  /** Milliseconds UTC. */
  readonly at: number;
  readonly spend: () => void;
}

/** STS's constraints on SerialNumber and TokenCode. */
export function checkMfaShape(constraints: Constraints, params: Params): void {
  constraints.text('serialNumber', params.get('SerialNumber'), [9, 256], '[\\w+=/:,.@-]*');
  constraints.text('tokenCode', params.get('TokenCode'), [6, 6], '[\\d]*');
}

/**
 * The MFA of this very call; undefined where none was sent.
 * @throws AccessDenied (403): half of it, a device that is not the user's own, a wrong or spent code.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html (SerialNumber, TokenCode)
 */
export function takeMfa(cloud: Cloud, caller: Credential, params: Params): GivenMfa | undefined {
  const [serial, code] = [params.get('SerialNumber'), params.get('TokenCode')];
  if (serial === undefined && code === undefined) return undefined;
  if (serial === undefined || code === undefined) {
    throw accessDenied(
      'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code. ',
    );
  }
  const device = caller.principal.kind === 'user' ? cloud.deviceOf(caller.principal.user, serial) : undefined;
  if (device === undefined) {
    throw accessDenied(
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is ' +
        'valid and associated with this user.',
    );
  }
  const at = cloud.now();
  const spend = device.check(code, at);
  if (spend === undefined) {
    throw accessDenied('MultiFactorAuthentication failed with invalid MFA one time pass code. ');
  }
  if (cloud.settings.refusalsSpendCodes) spend();
  return { at, spend };
}
