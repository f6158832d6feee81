import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/harness';
import { textWith } from '../support/matchers';
import { keysOf } from '../support/open-company';

let world: World;
beforeEach(async () => {
  world = await World.open({ pageSize: 2 });
});
afterEach(() => world.close());

const parsed = (text: string): unknown => JSON.parse(text);
/** The rows of `roles --json`. */
function listed(text: string): readonly { readonly command: readonly string[] }[] {
  const rows = parsed(text);
  if (!Array.isArray(rows)) throw new TypeError('no list');
  return rows.map((row: { readonly command: readonly string[] }) => row);
}

describe('roles', () => {
  it('lists what lets a user in, over all pages, each with its command', async () => {
    const { code, stdout } = await world.run([
      'roles',
      'alice',
      '--mfa-token',
      world.code('alice'),
      '--json',
    ]);
    expect(code).toBe(0);
    expect(parsed(stdout)).toEqual([
      {
        role: 'reader',
        arn: 'arn:aws:iam::111122223333:role/reader',
        trusts: 'account',
        mfa: false,
        externalIds: null,
        conditions: [],
        maxSessionSeconds: 3600,
        command: ['tsawsume', '--role-arn', '111122223333:reader', '--source-profile', 'alice'],
      },
    ]);
    expect(world.calls.filter((action) => action === 'ListRoles').length).toBe(3);
    const { region } = world.sandbox.journal.calls.at(-1) ?? {};
    expect(region).toBe('us-east-1');
  });

  it('each command is one that assumes its role', async () => {
    const { account } = world.sandbox.company.users.alice;
    const principals = [`arn:aws:iam::${account}:user/alice`];
    const trust = { principals, externalId: 'ours-1', mfa: {} };
    world.sandbox.cloud.addRole({ account, name: 'wants', path: '/team/', trust, permissions: [] });
    const { stdout } = await world.run(['roles', 'alice', '--mfa-token', world.code('alice'), '--json']);
    const commands = listed(stdout).map(({ command }) => command);
    expect(commands.map((command) => command.slice(2))).toEqual([
      ['111122223333:reader', '--source-profile', 'alice'],
      ['111122223333:team/wants', '--source-profile', 'alice', '--external-id', 'ours-1'],
    ]);
    for (const [, ...args] of commands) {
      const { code, stderr } = await world.run([...args, '-s'], { env: { TSAWSUME_SHELL: 'bash' } });
      expect([code, stderr]).toEqual([0, textWith('Role credentials will expire at')]);
    }
    expect(world.calls.filter((action) => action === 'AssumeRole').length).toBe(2);
  });

  it('names a role’s session by its role; who it is needs no call', async () => {
    const args = ['roles', 'cli-role', '--mfa-token', world.code(), '--region', 'eu-central-1'];
    const { code, stdout } = await world.run(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^ROLE +TRUSTS +WANTS +COMMAND\ndeployer +you +- +tsawsume --role-arn 111122223333:deployer --source-profile cli-role\nreader +your account/,
    );
    expect(world.calls).toEqual(['GetSessionToken', 'AssumeRole', 'ListRoles', 'ListRoles', 'ListRoles']);
    expect(world.sandbox.journal.calls.at(-1)?.region).toBe('us-east-1');
  });

  it('tells in two lines that the identity may not list', async () => {
    const { code, stdout, stderr } = await world.run(['roles', 'bot']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^tsawsume: ListRoles for profile "bot" was refused: AccessDenied: .*\nthat identity may not do this.*\n$/,
    );
  });

  it.each([
    ['AWS_ENDPOINT_URL', (url: string) => ({ AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_IAM: undefined })],
    ['a services section', () => ({ AWS_ENDPOINT_URL_IAM: undefined })],
  ])('finds IAM by %s', async (_, env) => {
    const { path } = world.home;
    const [config, credentials] = ['config', 'credentials'].map((name) =>
      readFileSync(join(path, '.aws', name), 'utf8'),
    );
    world.home.write(
      `${config ?? ''}\n[profile here]\nrole_arn = arn:aws:iam::111122223333:role/deployer\nsource_profile = cli-role\nservices = x\n[services x]\niam =\n  endpoint_url = ${world.sandbox.url}\n`,
      credentials ?? '',
    );
    const result = await world.run(['roles', 'here', '--mfa-token', world.code(), '--json'], {
      env: env(world.sandbox.url),
    });
    expect([result.stderr, result.code]).toEqual(['', 0]);
    expect(world.calls).toContain('ListRoles');
  });
});

describe('--role-arn NAME', () => {
  const json = (...args: string[]): readonly string[] => ['export', '--format', 'json', ...args];

  it('takes the account from the source’s MFA device, without asking', async () => {
    const { code } = await world.run(
      json('--role-arn', 'reader', '--source-profile', 'alice', '--mfa-token', world.code('alice')),
    );
    expect([code, world.calls]).toEqual([0, ['GetSessionToken', 'AssumeRole']]);
    expect(world.sandbox.journal.calls.at(-1)?.params['RoleArn']).toBe(
      'arn:aws:iam::111122223333:role/reader',
    );
  });

  it('serves the tutorial: a role by its name, a user by its profile, a code in the flag', async () => {
    const { account, device } = world.sandbox.company.users.alice;
    world.home.write(
      `[profile myuser]\nmfa_serial = ${device?.serial ?? ''}\n`,
      `[myuser]\n${keysOf(world, 'alice')}`,
    );
    const trust = { principals: [`arn:aws:iam::${account}:root`], mfa: {} };
    world.sandbox.cloud.addRole({ account, name: 'supervise', trust, permissions: [] });
    const { code, stdout, stderr } = await world.run(
      ['--role-arn', 'supervise', '--source-profile', 'myuser', '--mfa-token', world.code('alice')],
      { env: { TSAWSUME_SHELL: 'bash' } },
    );
    expect([code, world.calls]).toEqual([0, ['GetSessionToken', 'AssumeRole']]);
    expect(stderr).toContain('[111122223333:supervise] Role credentials will expire at');
    expect(stdout).toContain('TSAWSUME_PROFILE=');
    expect(world.sandbox.journal.calls.at(-1)?.params['RoleArn']).toBe(
      `arn:aws:iam::${account}:role/supervise`,
    );
  });

  it('asks STS once where no file says it, and remembers', async () => {
    const args = json('bot', '--role-arn', 'reader');
    expect((await world.run(args)).code).toBe(0);
    expect(world.calls).toEqual(['GetCallerIdentity', 'AssumeRole']);
    expect((await world.run([...args, '--refresh'])).code).toBe(0);
    expect(world.calls).toEqual(['GetCallerIdentity', 'AssumeRole', 'AssumeRole']);
    const bot = world.sandbox.company.users.bot.key.accessKeyId;
    expect(world.sandbox.journal.calls[0]?.accessKeyId).toBe(bot);
  });

  it('explain and --dry-run say that it would be asked, and ask nobody', async () => {
    for (const args of [
      ['explain', 'bot', '--role-arn', 'reader'],
      ['bot', '--role-arn', 'reader', '--dry-run'],
    ]) {
      const { code, stdout, stderr } = await world.run(args);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain('a run would ask STS for it (GetCallerIdentity, signed by its keys)');
    }
    expect(world.calls).toEqual([]);
    await world.run(json('bot', '--role-arn', 'reader'));
    const { code, stdout } = await world.run(['explain', 'bot', '--role-arn', 'reader']);
    expect(code).toBe(0);
    expect(stdout).toContain('arn:aws:iam::111122223333:role/reader  (--role-arn)');
  });
});
