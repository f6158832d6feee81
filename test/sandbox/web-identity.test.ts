import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { roleArn } from '../../src/sandbox/cloud';
import { Bench, refusalOf, sessionOf } from './bench';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.sandbox.close());

describe('AssumeRoleWithWebIdentity', () => {
  const identity = { provider: 'ci.example.com', subject: 'repo:example/app', audience: 'sts.amazonaws.com' };
  const call = (token: string, arn = roleArn(bench.sandbox.company.roles.ci)) =>
    new STSClient({ endpoint: bench.sandbox.url, region: 'us-east-1', maxAttempts: 1 }).send(
      new AssumeRoleWithWebIdentityCommand({ RoleArn: arn, RoleSessionName: 'ci', WebIdentityToken: token }),
    );
  const token = (change: Partial<typeof identity> = {}) =>
    bench.sandbox.cloud.webIdentities.issue({ ...identity, ...change, expiresAt: bench.now + 60_000 });

  test('gives a session for a trusted token', async () => {
    const answer = await call(token());
    expect(answer.SubjectFromWebIdentityToken).toBe('repo:example/app');
    expect(answer.Audience).toBe('sts.amazonaws.com');
    const who = await bench.as(sessionOf(answer.Credentials)).send(new GetCallerIdentityCommand({}));
    expect(who.Arn).toBe('arn:aws:sts::111122223333:assumed-role/ci/ci');
    expect(bench.sandbox.journal.calls[0]?.accessKeyId).toBeUndefined();
  });

  test('refuses other subjects, other roles, unknown and expired tokens', async () => {
    const no = '403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity';
    expect(await refusalOf(call(token({ subject: 'repo:example/other' })))).toBe(no);
    expect(await refusalOf(call(token({ audience: 'elsewhere' })))).toBe(no);
    expect(await refusalOf(call(token(), roleArn(bench.sandbox.company.roles.reader)))).toBe(no);
    expect(await refusalOf(call('made-up'))).toMatch(/^400 InvalidIdentityToken/);
    const old = token();
    bench.pass(61);
    expect(await refusalOf(call(old))).toMatch(/^400 ExpiredToken(Exception)?: Token expired/);
  });
});
