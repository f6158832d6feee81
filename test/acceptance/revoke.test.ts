import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Pty } from '../io/pty';
import { PROGRAM, variables, World } from '../support/harness';

let world: World;
let clock: number;
beforeEach(async () => {
  clock = 0;
  world = await World.open({ now: () => Date.now() + clock });
});
afterEach(() => world.close());

const ROLE = 'arn:aws:iam::111122223333:role/deployer';
const CLI = 'arn:aws:iam::111122223333:role/cli-role';
const policyOf = (arn: string): string | undefined => {
  const { cloud } = world.sandbox;
  const role = cloud.role(arn);
  return role && cloud.rolePolicies(role).get('AWSRevokeOlderSessions');
};
const become = (profile: string, ...more: string[]) =>
  world.run(['export', profile, '--format', 'json', ...more]);

describe('revoke', () => {
  it('writes the console’s own policy, signed by the source, and forgets what is stored', async () => {
    await become('deployer', '--mfa-token', world.code());
    expect(world.home.sessions().length).toBe(3);
    const before = Date.now();
    const { code, stdout, stderr } = await world.run(['revoke', 'deployer', '--yes']);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('signed by "cli-role"');
    const policy: unknown = JSON.parse(policyOf(ROLE) ?? '');
    const time = /"aws:TokenIssueTime":"([^"]+)"/.exec(policyOf(ROLE) ?? '')?.[1] ?? '';
    expect(policy).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Action: ['*'],
          Resource: ['*'],
          Condition: { DateLessThan: { 'aws:TokenIssueTime': time } },
        },
      ],
    });
    expect(Date.parse(time)).toBeGreaterThanOrEqual(before);
    expect(world.home.sessions().length).toBe(2);
  });

  it('ends sessions that are out there, and lets new ones in', async () => {
    const old = variables((await become('cli-role', '--mfa-token', world.code())).stdout);
    expect((await world.run(['revoke', 'cli-role', '--as', 'cli-role', '--yes'])).code).toBe(0);
    const held = join(world.home.path, 'held');
    writeFileSync(
      held,
      `[held]\naws_access_key_id = ${old['AWS_ACCESS_KEY_ID'] ?? ''}\naws_secret_access_key = ${old['AWS_SECRET_ACCESS_KEY'] ?? ''}\naws_session_token = ${old['AWS_SESSION_TOKEN'] ?? ''}\n`,
    );
    const denied = await world.run(['roles', 'held', '--credentials-file', held]);
    expect(denied.code).toBe(1);
    expect(denied.stderr).toContain('with an explicit deny in an identity-based policy');
    // Another second: AWS's issue times have no finer grain.
    clock = 2_000;
    const again = await world.run(['roles', 'cli-role', '--json']);
    expect([again.stderr, again.code]).toEqual(['', 0]);
  });

  it('a stored session that somebody else revoked is got anew when it has to sign', async () => {
    await become('cli-role', '--mfa-token', world.code());
    const role = world.sandbox.cloud.role(CLI);
    expect(role).toBeDefined();
    if (role === undefined) return;
    clock = 2_000;
    const condition = { DateLessThan: { 'aws:TokenIssueTime': new Date(Date.now() + 1_000).toISOString() } };
    world.sandbox.cloud
      .rolePolicies(role)
      .set(
        'AWSRevokeOlderSessions',
        JSON.stringify({ Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition: condition }] }),
      );
    const direct = await world.run(['roles', 'cli-role']);
    expect(direct.code).toBe(1);
    expect(direct.stderr).toContain('if the sessions of this role were revoked, get a new one: --refresh');
    const chained = await become('deployer');
    expect([chained.stderr, chained.code]).toEqual(['', 0]);
    expect(world.calls.slice(-3)).toEqual(['AssumeRole', 'AssumeRole', 'AssumeRole']);
  });

  it('asks, or fails with 4 where nobody can be asked', async () => {
    const { code, stderr } = await world.run(['revoke', 'deployer']);
    expect(code).toBe(4);
    expect(stderr).toBe('tsawsume: revoke asks first, and there is no terminal\nif you are sure: --yes\n');
    expect(world.calls).toEqual([]);
  });

  it.each([
    ['y\r', 0, true],
    ['\r', 130, false],
    ['\u0003', 130, false],
  ])('at a terminal, to %j: exit code %i', async (typed, exitCode, revoked) => {
    await become('cli-role', '--mfa-token', world.code());
    const [program = '', ...args] = PROGRAM;
    const env = Object.fromEntries(
      Object.entries(world.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    const pty = new Pty(program, [...args, 'revoke', 'deployer'], env);
    await pty.shows(`Revoke every session of ${ROLE} that was issued until now, as "cli-role"?`);
    pty.type(typed);
    expect((await pty.ended).exitCode).toBe(exitCode);
    expect(policyOf(ROLE) !== undefined).toBe(revoked);
  });

  it('never takes a role of the same name in the signer’s account for it', async () => {
    await become('cli-role', '--mfa-token', world.code());
    const { code, stderr } = await world.run(['revoke', 'partner', '--as', 'cli-role', '--yes']);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'is of account 111122223333, and the role arn:aws:iam::444455556666:role/partner is not',
    );
    expect(world.calls).not.toContain('PutRolePolicy');
  });

  it('says who may not: a signer without the permission, a profile that is no role', async () => {
    const denied = await world.run(['revoke', 'reader', '--yes']);
    expect(denied.code).toBe(1);
    expect(denied.stderr).toContain(
      'PutRolePolicy on arn:aws:iam::111122223333:role/reader, signed by profile "dev", was refused',
    );
    expect((await world.run(['revoke', 'dev', '--yes'])).code).toBe(2);
  });
});
