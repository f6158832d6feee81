import { describe, expect, it } from 'vitest';
import { StsRefusal } from '../../src/core/ports';
import { describeRefusal, isDeadSigner, isRefusedDuration, isWrongCode } from '../../src/core/refusals';
import { arn, fetched, planOf, role, SERIAL, type Wish } from '../support/plans';

const PLAIN: Wish = { config: role('x', 'u') };
const MFA: Wish = { config: role('x', 'u', `mfa_serial = ${SERIAL}`) };
function told(refusal: StsRefusal, wish = PLAIN, index = -1) {
  const step = fetched(planOf(wish)).at(index);
  if (step === undefined) throw new Error('no step');
  const { message, hint, exitCode } = describeRefusal(refusal, step);
  return { message, hint, exitCode };
}
const WRONG = 'MultiFactorAuthentication failed with invalid MFA one time pass code. ';

describe('what a refusal means', () => {
  it.each([
    ['AccessDenied', WRONG, true],
    ['AccessDenied', 'MultiFactorAuthentication failed, unable to validate MFA code.', false],
    ['AccessDenied', 'not authorized', false],
    ['ValidationError', WRONG, false],
  ])('%s %s: a wrong code is %s', (code, text, wrong) => {
    expect(isWrongCode(new StsRefusal(code, text, true))).toBe(wrong);
  });
  it.each([
    ['ValidationError', 3601, true],
    ['ValidationError', 3600, false],
    ['ValidationError', undefined, false],
    ['AccessDenied', 43_200, false],
  ])('%s at %s seconds: the duration is refused: %s', (code, seconds, refused) => {
    expect(isRefusedDuration(new StsRefusal(code, '', true), seconds)).toBe(refused);
  });
  it('a dead signer', () => {
    expect(
      ['ExpiredToken', 'InvalidClientTokenId', 'AccessDenied', 'SignatureDoesNotMatch'].map((code) =>
        isDeadSigner(new StsRefusal(code, '', true)),
      ),
    ).toEqual([true, true, false, false]);
  });
});

describe('what is said', () => {
  it.each<readonly [string, string, Wish, number, RegExp]>([
    ['AccessDenied', 'no', PLAIN, -1, /does not trust you, or it wants MFA: then add mfa_serial/],
    ['AccessDenied', 'no', MFA, -1, /the role's trust policy names you/],
    ['AccessDenied', 'no', MFA, 0, /only long-lived keys/],
    ['AccessDenied', 'MultiFactorAuthentication failed, unable to validate', MFA, 0, /look at mfa_serial/],
    ['ExpiredToken', 'old', PLAIN, -1, /have expired: renew them/],
    ['InvalidClientTokenId', 'who', PLAIN, -1, /AWS does not know the access key/],
    ['SignatureDoesNotMatch', 'no', PLAIN, -1, /copy both anew/],
    ['SignatureDoesNotMatch', 'Signature expired: x', PLAIN, -1, /the clock of this machine is off/],
    ['ValidationError', 'bad', PLAIN, -1, /tsawsume explain x/],
    ['RegionDisabledException', 'off', PLAIN, -1, /not active in us-east-1/],
    ['Throttling', 'slow', PLAIN, -1, /is throttling/],
    ['Unheard', 'of', PLAIN, -1, /tsawsume explain x/],
  ])('%s %s', (code, text, wish, index, hint) => {
    const { message, hint: said, exitCode } = told(new StsRefusal(code, text, true), wish, index);
    expect(message).toMatch(new RegExp(`for profile "\\w" was refused: ${code}: ${text}`));
    expect(said).toMatch(hint);
    expect(exitCode).toBe(1);
  });
  it('names the role', () => {
    expect(told(new StsRefusal('AccessDenied', 'no', true)).message).toContain(`AssumeRole of ${arn('x')}`);
  });
  it('the network: where the endpoint or the region comes from', () => {
    const down = new StsRefusal('NetworkError', 'connection refused', false);
    expect(told(down).hint).toBe(
      'look at the network and the proxy; STS was called in us-east-1 (first region of the partition aws)',
    );
    expect(told(down, { ...PLAIN, env: { AWS_ENDPOINT_URL: 'http://h' } }).hint).toContain(
      'is set by AWS_ENDPOINT_URL',
    );
  });
  it.each([
    [3_600_000, 'the clock of this machine is 1h behind: set it'],
    // STS tells its time in whole seconds, so what is an hour may look a second less.
    [3_599_000, 'the clock of this machine is 1h behind: set it'],
    [-80_000, 'the clock of this machine is 1m ahead: set it'],
    [-40_400, 'the clock of this machine is 40s ahead: set it'],
  ])('a clock that is off by %i ms', (offset, hint) => {
    expect(told(new StsRefusal('RequestTimeTooSkewed', 'late', true, offset)).hint).toBe(hint);
  });
});
