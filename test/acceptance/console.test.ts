import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from '../../src/sandbox/faults';
import { World } from '../support/harness';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

/** What the federation endpoint was asked. */
const asked = () => world.sandbox.journal.calls.filter(({ action }) => action === 'getSigninToken');
const link = (url: string): { to: string; token: string } => {
  const { searchParams, pathname, origin } = new URL(url.trim());
  expect([origin, pathname, searchParams.get('Action')]).toEqual([world.sandbox.url, '/federation', 'login']);
  return { to: searchParams.get('Destination') ?? '', token: searchParams.get('SigninToken') ?? '' };
};

describe('console', () => {
  it('signs a role in that long-lived keys assumed, for as long as the role lives', async () => {
    const { code, stdout, stderr } = await world.run(['console', 'reader', '--print', '--service', 's3']);
    expect([code, stderr]).toEqual([0, '']);
    const { to, token } = link(stdout);
    expect(to).toBe('https://us-east-1.console.aws.amazon.com/s3/home?region=us-east-1');
    expect(token.length).toBe(200);
    expect(
      asked().map(({ method, params, outcome }) => [method, params['SessionDuration'], outcome]),
    ).toEqual([['POST', '3600', 'ok']]);
  });

  it('asks for the length that the role was given, when its own call brought the code', async () => {
    const wish = ['--role-duration', '2h', '--mfa-token', world.code()];
    expect((await world.run(['console', 'cli-role', '--print', ...wish])).code).toBe(0);
    expect(world.calls).toEqual(['AssumeRole', 'getSigninToken']);
    expect(asked().map(({ params, outcome }) => [params['SessionDuration'], outcome])).toEqual([
      ['7200', 'ok'],
    ]);
  });

  it('wishes for no duration after chaining', async () => {
    const { code } = await world.run(['console', 'cli-role', '--print', '--mfa-token', world.code()]);
    expect(code).toBe(0);
    expect(asked().map(({ params, outcome }) => [params['SessionDuration'], outcome])).toEqual([
      [undefined, 'ok'],
    ]);
  });

  it('signs a plain user in by GetFederationToken', async () => {
    const { users } = world.sandbox.company;
    const { accessKeyId, secretAccessKey } = users.alice.key;
    world.home.write(
      '[profile p]\nregion = eu-west-1\n',
      `[p]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    const { code, stdout } = await world.run(['console', 'p', '--print']);
    expect(code).toBe(0);
    expect(link(stdout).to).toBe('https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1');
    expect(world.calls).toEqual(['GetFederationToken', 'getSigninToken']);
    expect(asked().map(({ params, outcome }) => [params['SessionDuration'], outcome])).toEqual([
      [undefined, 'ok'],
    ]);
    expect(world.sandbox.journal.calls[0]?.params).toMatchObject({
      Name: 'p-tsawsume',
      'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/AdministratorAccess',
    });
  });

  it('says beforehand that a user’s own session can’t, and asks for no code', async () => {
    const { code, stdout, stderr } = await world.run([
      'console',
      'alice',
      '--print',
      '--mfa-token',
      world.code('alice'),
    ]);
    expect([code, stdout, world.calls]).toEqual([2, '', []]);
    expect(stderr).toContain('profile "alice" is a user\'s own session');
  });

  it('keeps secrets out of the URL where POST is taken, and falls back where it is not', async () => {
    let refused = 0;
    world.sandbox.setFault((call) => {
      if (call.action !== 'getSigninToken' || refused === 2) return undefined;
      refused += 1;
      return refusal(405, 'MethodNotAllowed', 'no POST here');
    });
    const { code } = await world.run(['console', 'reader', '--print']);
    expect(code).toBe(0);
    expect(asked().map(({ method, params }) => [method, params['SessionDuration']])).toEqual([
      ['POST', '3600'],
      ['POST', undefined],
      ['GET', undefined],
    ]);
  });

  it('tells a refusal in two lines, without the keys', async () => {
    world.sandbox.setFault((call) =>
      call.action === 'getSigninToken' ? refusal(400, 'No', 'no') : undefined,
    );
    const { code, stdout, stderr } = await world.run(['console', 'reader', '--print', '--debug']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('the console sign-in at 127.0.0.1');
    const session = asked()[0]?.params['Session'] ?? '';
    const key = /"sessionKey":"([^"]+)"/.exec(session)?.[1] ?? '';
    expect(key.length).toBe(40);
    expect(stderr).not.toContain(key);
  });

  it.each(['http://example.com', 'ftp://127.0.0.1', 'x'])('sends no keys to %s', async (endpoint) => {
    const { code, stderr } = await world.run(['console', 'reader', '--print'], {
      env: { TSAWSUME_SIGNIN_ENDPOINT: endpoint },
    });
    expect(code).toBe(2);
    expect(stderr).toContain('TSAWSUME_SIGNIN_ENDPOINT is no https URL');
    expect(asked()).toEqual([]);
  });
});

describe('the browser', () => {
  /** A browser that writes down what it was given. */
  function browser(): Record<string, string> {
    const bin = join(world.home.path, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > "$HOME/opened"\n`);
    chmodSync(join(bin, 'xdg-open'), 0o755);
    return { PATH: `${bin}:${process.env['PATH'] ?? ''}`, DISPLAY: ':0' };
  }

  it('opens the link, and stdout stays empty', async () => {
    const { code, stdout, stderr } = await world.run(['console', 'reader'], { env: browser() });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toBe('the console of "reader" opens in your browser\n');
    link(readFileSync(join(world.home.path, 'opened'), 'utf8'));
  });

  it.each([
    ['there is no display', { DISPLAY: '' }],
    ['it is far away', { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }],
  ])('prints the link where %s', async (_, env) => {
    const { code, stdout, stderr } = await world.run(['console', 'reader'], {
      env: { ...browser(), ...env },
    });
    expect(code).toBe(0);
    expect(stderr).toContain('this link is good for 15 minutes');
    link(stdout);
  });
});

describe('awsume’s flags', () => {
  it.each([
    [['reader', '-cl'], 'console/home'],
    [['-cls', 'ec2', 'reader'], 'ec2/home'],
    [['-cs', 's3', 'reader'], 's3/home'],
    [['-c', 'reader'], 'console/home'],
  ])('%j', async (args, page) => {
    const { code, stdout } = await world.run(args);
    expect(code).toBe(0);
    expect(link(stdout).to).toContain(`/${page}?`);
    expect(asked().length).toBe(1);
  });

  it('the shell function runs them plainly', async () => {
    const { stdout } = await world.run(['init', 'bash']);
    for (const flag of ['-c', '-cl', '-cs', '-cls', '--console'])
      expect(stdout).toMatch(new RegExp(`[ |'(]${flag}['|)]`));
  });
});
