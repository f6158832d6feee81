import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstCalls, hang, refusal, reset, serverError, throttled } from '../../src/sandbox/faults';
import { World } from '../support/harness';

/** A code that may have arrived is never sent again: AWS takes each once, and would lock a device that repeats. */
let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const withCode = (...more: readonly string[]) =>
  world.run(['export', 'cli-role', '--mfa-token', world.code(), ...more]);
const codesSent = () =>
  world.sandbox.journal.calls.map(({ params }) => params['TokenCode']).filter((code) => code !== undefined);

describe('a one-time code', () => {
  it.each([
    ['a reset before it is looked at', reset()],
    ['a reset after', reset(true)],
    ['a 500', serverError()],
  ])('%s: it was sent once', async (_, fault) => {
    world.sandbox.setFault(firstCalls(9, fault, 'GetSessionToken'));
    const { code, stdout, stderr } = await withCode();
    expect([code, stdout, codesSent().length]).toEqual([1, '', 1]);
    expect(stderr).toMatch(/^tsawsume: GetSessionToken for profile "\w+"[^\n]*\n[^\n]+\n$/m);
  });

  it('and is refused here when it is given again, since it may have been taken', async () => {
    world.sandbox.setFault(firstCalls(1, reset(true)));
    const code = world.code();
    await world.run(['export', 'cli-role', '--mfa-token', code]);
    const again = await world.run(['export', 'cli-role', '--mfa-token', code]);
    expect([again.code, codesSent().length]).toEqual([1, 1]);
    expect(again.stderr).toContain('was just used');
  });

  it('throttling has not looked at it: the same code goes again', async () => {
    world.sandbox.setFault(firstCalls(2, throttled('1'), 'GetSessionToken'));
    const { code } = await withCode();
    expect([code, new Set(codesSent()).size, codesSent().length]).toEqual([0, 1, 3]);
  });

  it('no answer: once, and bounded', async () => {
    world.sandbox.setFault(firstCalls(9, hang(true), 'GetSessionToken'));
    const { code, stderr } = await withCode();
    expect([code, codesSent().length]).toEqual([1, 1]);
    expect(stderr).toContain('no answer within 10s');
  });

  it('a connection refused has not taken it: the same code can be given again', async () => {
    const code = world.code();
    const off = await world.run(['export', 'cli-role', '--mfa-token', code], {
      env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' },
    });
    expect(off.code).toBe(1);
    expect((await world.run(['export', 'cli-role', '--mfa-token', code])).code).toBe(0);
  });

  it('with AssumeRole itself, over an hour: once, too', async () => {
    world.sandbox.setFault(firstCalls(9, serverError()));
    const { code } = await withCode('--role-duration', '2h');
    expect([code, codesSent().length]).toEqual([1, 1]);
  });
});

describe('STS says no to the step', () => {
  it.each([
    [
      'AccessDenied',
      'reader',
      /"reader".*AccessDenied.*\n.*does not trust you, or it wants MFA: then add mfa_serial/,
    ],
    ['InvalidClientTokenId', 'reader', /\n.*AWS does not know the access key/],
    ['SignatureDoesNotMatch', 'reader', /\n.*the secret access key does not belong to the access key id/],
    ['RegionDisabledException', 'reader', /\n.*STS is not active in us-east-1/],
    ['Throttling', 'reader', /\n.*AWS is throttling/],
  ])('%s: what to do about it', async (name, profile, hint) => {
    world.sandbox.setFault(() => refusal(400, name, 'Said by STS', { 'retry-after': '3600' }));
    const { code, stderr } = await world.run(['export', profile]);
    expect(code).toBe(1);
    expect(stderr).toMatch(hint);
    expect(stderr).toContain('Said by STS');
  });

  it('a role that wants MFA where none is planned: add mfa_serial', async () => {
    const { code, stderr } = await world.run(['export', 'dev', '--role-arn', '111122223333:cli-role']);
    expect([code, world.calls]).toEqual([1, ['AssumeRole']]);
    expect(stderr).toMatch(/AccessDenied.*\n.*add mfa_serial to the profile/);
  });
});

describe('a clock that is off', () => {
  it.each([
    ['an hour behind', 3_600_000],
    ['a day ahead', -86_400_000],
  ])('%s: corrected from AWS’s Date, and called once more', async (_, off) => {
    await world.close();
    world = await World.open({ now: () => Date.now() + off });
    const { code } = await world.run(['export', 'reader']);
    expect([code, world.sandbox.journal.calls.map(({ outcome }) => outcome)]).toEqual([
      0,
      ['SignatureDoesNotMatch', 'ok'],
    ]);
  });

  it('that the correction does not mend: one more call, and how far the clock is off', async () => {
    await world.close();
    world = await World.open({ now: () => Date.now() + 3_600_000 });
    world.sandbox.setFault(() =>
      refusal(403, 'SignatureDoesNotMatch', 'Signature expired: it is late', {
        date: new Date(Date.now() + 3_600_000).toUTCString(),
      }),
    );
    const { code, stdout, stderr } = await world.run(['export', 'reader']);
    expect([code, stdout, world.calls.length]).toEqual([1, '', 2]);
    expect(stderr).toMatch(/Signature expired[^\n]*\nthe clock of this machine is 1h behind: set it\n$/);
  });
});
