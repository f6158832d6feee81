import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { roleArn } from '../../src/sandbox/cloud';
import { Bench, DEV, HOUR, notAuthorized, refusalOf, sessionOf } from './bench';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.sandbox.close());

describe('AssumeRole', () => {
  test('gives a session of the role', async () => {
    const answer = await bench.assume(bench.dev.key, roleArn(bench.sandbox.company.roles.reader), {
      RoleSessionName: 'it+s=me,a.b@c-d',
    });
    expect(answer.AssumedRoleUser?.Arn).toBe('arn:aws:sts::111122223333:assumed-role/reader/it+s=me,a.b@c-d');
    expect(answer.AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[A-Z2-7]{16}:it\+s=me,a\.b@c-d$/);
    expect(answer).not.toHaveProperty('PackedPolicySize', expect.anything());
    expect(bench.lifetime(answer.Credentials)).toBe(HOUR);
    const who = await bench.as(sessionOf(answer.Credentials)).send(new GetCallerIdentityCommand({}));
    expect([who.Account, who.Arn, who.UserId]).toEqual([
      '111122223333',
      answer.AssumedRoleUser?.Arn,
      answer.AssumedRoleUser?.AssumedRoleId,
    ]);
  });

  test('MFA: with the call up to the role’s maximum, or by the session that signs', async () => {
    const arn = roleArn(bench.sandbox.company.roles.cliRole);
    expect(await refusalOf(bench.assume(bench.dev.key, arn))).toBe(notAuthorized(DEV, arn));
    const direct = await bench.assume(bench.dev.key, arn, {
      ...bench.mfa(bench.dev),
      DurationSeconds: 12 * HOUR,
    });
    expect(bench.lifetime(direct.Credentials)).toBe(12 * HOUR);
    const bySession = await bench.assume(await bench.userSession(bench.dev), arn);
    expect(bench.lifetime(bySession.Credentials)).toBe(HOUR);
    const plain = await bench.as(bench.dev.key).send(new GetSessionTokenCommand({}));
    expect(await refusalOf(bench.assume(sessionOf(plain.Credentials), arn))).toBe(notAuthorized(DEV, arn));
  });

  test('MFA may be too old for a role', async () => {
    const role = bench.sandbox.cloud.addRole({
      account: '111122223333',
      name: 'fresh',
      trust: { principals: [DEV], mfa: { maxAgeSeconds: 600 } },
      permissions: [],
    });
    bench.sandbox.cloud.addUser({ ...bench.dev, permissions: [{ actions: ['sts:*'], resources: ['*'] }] });
    const session = await bench.userSession(bench.dev);
    await bench.assume(session, role.arn);
    bench.pass(601);
    expect(await refusalOf(bench.assume(session, role.arn))).toBe(notAuthorized(DEV, role.arn));
  });

  test('a chain: the next role, an hour at most, and no MFA handed on', async () => {
    const { cliRole, deployer, reader } = bench.sandbox.company.roles;
    const first = sessionOf(
      (await bench.assume(bench.dev.key, roleArn(cliRole), bench.mfa(bench.dev))).Credentials,
    );
    const second = await bench.assume(first, roleArn(deployer), { DurationSeconds: HOUR });
    expect(second.AssumedRoleUser?.Arn).toContain('assumed-role/deployer/me');
    const limit =
      '400 ValidationError: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';
    expect(await refusalOf(bench.assume(first, roleArn(deployer), { DurationSeconds: HOUR + 1 }))).toBe(
      limit,
    );
    const who = 'arn:aws:sts::111122223333:assumed-role/cli-role/me';
    expect(await refusalOf(bench.assume(first, roleArn(reader)))).toBe(notAuthorized(who, roleArn(reader)));
    expect(await refusalOf(bench.assume(bench.dev.key, roleArn(deployer)))).toBe(
      notAuthorized(DEV, roleArn(deployer)),
    );
    const user = await bench.userSession(bench.dev);
    expect(await refusalOf(bench.assume(user, roleArn(cliRole), { DurationSeconds: 2 * HOUR }))).toBe(limit);
    bench.sandbox.cloud.settings.userSessionsChain = false;
    await bench.assume(user, roleArn(cliRole), { DurationSeconds: 2 * HOUR });
  });

  test('a role’s own maximum', async () => {
    const arn = roleArn(bench.sandbox.company.roles.limited);
    for (const hours of [12, 8, 4]) {
      expect(await refusalOf(bench.assume(bench.dev.key, arn, { DurationSeconds: hours * HOUR }))).toBe(
        '400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      );
    }
    expect(
      bench.lifetime((await bench.assume(bench.dev.key, arn, { DurationSeconds: 2 * HOUR })).Credentials),
    ).toBe(2 * HOUR);
  });

  test('the external id, and what the user may do', async () => {
    const arn = roleArn(bench.sandbox.company.roles.partner);
    const answer = await bench.assume(bench.dev.key, arn, { ExternalId: 'tsawsume-example' });
    expect(answer.AssumedRoleUser?.Arn).toBe('arn:aws:sts::444455556666:assumed-role/partner/me');
    expect(await refusalOf(bench.assume(bench.dev.key, arn))).toBe(notAuthorized(DEV, arn));
    expect(await refusalOf(bench.assume(bench.dev.key, arn, { ExternalId: 'other' }))).toBe(
      notAuthorized(DEV, arn),
    );
    const nowhere = 'arn:aws:iam::111122223333:role/nowhere';
    expect(await refusalOf(bench.assume(bench.dev.key, nowhere))).toBe(notAuthorized(DEV, nowhere));
    const bot = 'arn:aws:iam::111122223333:user/bot';
    const limited = roleArn(bench.sandbox.company.roles.limited);
    expect(await refusalOf(bench.assume(bench.sandbox.company.users.bot.key, limited))).toBe(
      notAuthorized(bot, limited),
    );
    await bench.assume(bench.sandbox.company.users.bot.key, roleArn(bench.sandbox.company.roles.reader));
  });
});
