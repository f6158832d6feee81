import { GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { roleArn } from '../../src/sandbox/cloud';
import { Bench, HOUR, WRONG_CODE, WRONG_DEVICE, refusalOf, sessionOf } from './bench';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.sandbox.close());

describe('MFA', () => {
  const ask = (input: { SerialNumber?: string; TokenCode?: string }) =>
    bench.as(bench.dev.key).send(new GetSessionTokenCommand(input));

  test('a code is taken once, its neighbours once each, and then not until the next', async () => {
    const serial = bench.dev.device?.serial ?? '';
    const first = bench.mfa(bench.dev);
    expect(first.TokenCode).toBe(bench.sandbox.cloud.currentCode(serial));
    await ask(first);
    expect(await refusalOf(ask(first))).toBe(WRONG_CODE);
    await ask(bench.mfa(bench.dev));
    await ask(bench.mfa(bench.dev));
    expect(bench.sandbox.cloud.freshCode(serial)).toBeUndefined();
    bench.pass(60);
    await ask({ SerialNumber: serial, TokenCode: bench.sandbox.cloud.currentCode(serial) });
    expect(await refusalOf(ask(first))).toBe(WRONG_CODE);
  });

  test('of many calls at once with one code, one is served', async () => {
    const code = bench.mfa(bench.dev);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => ask(code)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('a code two steps old is wrong', async () => {
    const old = bench.mfa(bench.dev);
    bench.pass(61);
    expect(await refusalOf(ask(old))).toBe(WRONG_CODE);
  });

  test('a device has to be there, and the caller’s own', async () => {
    const code = bench.mfa(bench.dev).TokenCode;
    for (const serial of [
      'arn:aws:iam::111122223333:mfa/nobody',
      bench.mfa(bench.sandbox.company.users.alice).SerialNumber,
    ]) {
      expect(await refusalOf(ask({ SerialNumber: serial, TokenCode: code }))).toBe(WRONG_DEVICE);
    }
    const role = sessionOf(
      (await bench.assume(bench.dev.key, roleArn(bench.sandbox.company.roles.reader))).Credentials,
    );
    expect(
      await refusalOf(bench.assume(role, roleArn(bench.sandbox.company.roles.reader), bench.mfa(bench.dev))),
    ).toBe(WRONG_DEVICE);
  });

  test('half of it is refused', async () => {
    for (const half of [{ SerialNumber: bench.mfa(bench.dev).SerialNumber }, { TokenCode: '123456' }]) {
      expect(await refusalOf(ask(half))).toBe(
        '403 AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code. ',
      );
    }
  });

  test('a refusal for another reason spends the code, unless that is switched off', async () => {
    const tooLong = { ...bench.mfa(bench.dev), DurationSeconds: 12 * HOUR };
    const call = () =>
      refusalOf(bench.assume(bench.dev.key, roleArn(bench.sandbox.company.roles.limited), tooLong));
    expect(await call()).toContain('MaxSessionDuration');
    expect(await call()).toBe(WRONG_CODE);
    bench.sandbox.cloud.settings.refusalsSpendCodes = false;
    Object.assign(tooLong, bench.mfa(bench.dev));
    expect(await call()).toContain('MaxSessionDuration');
    expect(await call()).toContain('MaxSessionDuration');
  });
});
