import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { roleArn } from '../../src/sandbox/cloud';
import { Bench, DEV, HOUR, refusalOf, sessionOf } from './bench';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.sandbox.close());

describe('GetSessionToken', () => {
  test('gives a session of the user: 12 hours, or what is asked for', async () => {
    const { alice } = bench.sandbox.company.users;
    const normal = await bench.as(alice.key).send(new GetSessionTokenCommand({}));
    expect(bench.lifetime(normal.Credentials)).toBe(12 * HOUR);
    expect(normal.Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    const long = await bench
      .as(alice.key)
      .send(new GetSessionTokenCommand({ ...bench.mfa(alice), DurationSeconds: 129_600 }));
    expect(bench.lifetime(long.Credentials)).toBe(36 * HOUR);
    const who = await bench.as(sessionOf(long.Credentials)).send(new GetCallerIdentityCommand({}));
    expect(who.Arn).toBe('arn:aws:iam::111122223333:user/alice');
  });

  test('refuses session credentials, of users and of roles', async () => {
    const role = sessionOf(
      (await bench.assume(bench.dev.key, roleArn(bench.sandbox.company.roles.reader))).Credentials,
    );
    for (const keys of [await bench.userSession(bench.dev), role]) {
      expect(await refusalOf(bench.as(keys).send(new GetSessionTokenCommand({})))).toBe(
        '403 AccessDenied: Cannot call GetSessionToken with session credentials',
      );
    }
  });

  test.each([
    [{ DurationSeconds: 60 }, "'60' at 'durationSeconds'", 'value greater than or equal to 900'],
    [{ DurationSeconds: 129_601 }, "'129601' at 'durationSeconds'", 'value less than or equal to 129600'],
    [
      { SerialNumber: DEV, TokenCode: '12345' },
      "'12345' at 'tokenCode'",
      'length greater than or equal to 6',
    ],
  ])('refuses %o', async (input, where, wanted) => {
    expect(await refusalOf(bench.as(bench.dev.key).send(new GetSessionTokenCommand(input)))).toBe(
      `400 ValidationError: 1 validation error detected: Value ${where} failed to satisfy constraint: Member must have ${wanted}`,
    );
  });

  test('gives a root user an hour', async () => {
    const keys = { accessKeyId: 'AKIAROOTROOTROOTROOT', secretAccessKey: 'root' };
    const account = bench.sandbox.company.accounts.main;
    bench.sandbox.cloud.addUser({
      account,
      name: 'root',
      root: true,
      permissions: [],
      keys: [keys],
      devices: [],
    });
    const session = await bench.as(keys).send(new GetSessionTokenCommand({ DurationSeconds: 12 * HOUR }));
    expect(bench.lifetime(session.Credentials)).toBe(HOUR);
    const who = await bench.as(keys).send(new GetCallerIdentityCommand({}));
    expect([who.Arn, who.UserId]).toEqual([`arn:aws:iam::${account}:root`, account]);
    expect(await refusalOf(bench.assume(keys, roleArn(bench.sandbox.company.roles.reader)))).toBe(
      '403 AccessDenied: Roles may not be assumed by root accounts.',
    );
  });
});
