import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run, variables, type World } from '../support/harness';
import { arnOf, idOf, keysOf, OPEN, openWorld } from '../support/open-company';

/** Where a chain may begin besides static keys: processes, the environment, tokens, containers. */
let world: World;
const servers: Server[] = [];
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  await world.close();
});

const READER = 'arn:aws:iam::111122223333:role/reader';
const dev = (): string => world.sandbox.company.users.dev.device?.serial ?? '';
const key = (user: 'dev' | 'bot') => world.sandbox.company.users[user].key;

/** An executable in HOME that prints a credential_process answer, and how often it has run. */
function processOf(answer: object): string {
  const file = join(world.home.path, 'keys.sh');
  writeFileSync(file, `#!/bin/sh\nprintf x >> '${world.home.path}/runs'\necho '${JSON.stringify(answer)}'\n`);
  chmodSync(file, 0o755);
  return file;
}
const runs = (): number =>
  existsSync(join(world.home.path, 'runs')) ? readFileSync(join(world.home.path, 'runs')).length : 0;
const longLived = (user: 'dev' | 'bot') => ({
  Version: 1,
  AccessKeyId: key(user).accessKeyId,
  SecretAccessKey: key(user).secretAccessKey,
});

/** Temporary keys of a user, as an SSO login or a vault would hand them out. */
async function temporaryKeys() {
  const session = variables(
    (await world.run(['export', 'alice', '--format', 'json', '--mfa-token', world.code('alice')])).stdout,
  );
  world.sandbox.journal.clear();
  await run(['rm', '-rf', join(world.home.path, '.tsawsume')]);
  return {
    AccessKeyId: session['AWS_ACCESS_KEY_ID'] ?? '',
    SecretAccessKey: session['AWS_SECRET_ACCESS_KEY'] ?? '',
    SessionToken: session['AWS_SESSION_TOKEN'] ?? '',
    Expiration: session['AWS_CREDENTIAL_EXPIRATION'] ?? '',
  };
}
const signers = () => world.sandbox.journal.calls.map(({ accessKeyId }) => accessKeyId);

describe('credential_process', () => {
  it('asked for itself: its keys as they are, no call, and nothing of them stored', async () => {
    world.home.write(
      `[profile p]\nregion = eu-west-1\ncredential_process = ${processOf(longLived('bot'))}\n`,
      '',
    );
    const { stdout } = await world.run(['export', 'p', '--format', 'json']);
    expect(variables(stdout)).toEqual({
      AWS_ACCESS_KEY_ID: key('bot').accessKeyId,
      AWS_SECRET_ACCESS_KEY: key('bot').secretAccessKey,
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      TSAWSUME_PROFILE: 'p',
      AWSUME_PROFILE: 'p',
    });
    expect([world.calls, world.home.sessions()]).toEqual([[], []]);
  });

  it('as a source: signs the role, and is not run when the role is stored', async () => {
    world.home.write(
      `[profile p]\ncredential_process = ${processOf(longLived('bot'))}\n[profile r]\nrole_arn = ${READER}\nsource_profile = p\n`,
      '',
    );
    const codes = [await world.run(['export', 'r']), await world.run(['export', 'r'])].map(
      ({ code }) => code,
    );
    expect(codes).toEqual([0, 0]);
    expect([signers(), runs()]).toEqual([[idOf(world, 'bot')], 1]);
  });

  it('in the role’s own profile', async () => {
    world.home.write(
      `[profile r]\nrole_arn = ${READER}\ncredential_process = ${processOf(longLived('bot'))}\n`,
      '',
    );
    expect((await world.run(['export', 'r'])).code).toBe(0);
    expect(signers()).toEqual([idOf(world, 'bot')]);
  });

  it('long-lived keys with MFA: one code, one session token, as for static keys', async () => {
    world.home.write(
      `[profile p]\nmfa_serial = ${dev()}\ncredential_process = ${processOf(longLived('dev'))}\n` +
        `[profile one]\nrole_arn = ${arnOf(OPEN.mfaOne)}\nsource_profile = p\n[profile two]\nrole_arn = ${arnOf(OPEN.mfaTwo)}\nsource_profile = p\n`,
      '',
    );
    expect((await world.run(['export', 'one', '--mfa-token', world.code()])).code).toBe(0);
    expect((await world.run(['export', 'two'])).code).toBe(0);
    expect(world.calls).toEqual(['GetSessionToken', 'AssumeRole', 'AssumeRole']);
    expect(runs()).toBe(1);
  });

  it('temporary keys: the wish for more than an hour is capped, and nothing is held against the role', async () => {
    const keys = await temporaryKeys();
    world.home.write(
      `[profile p]\ncredential_process = ${processOf({ Version: 1, ...keys })}\n[profile r]\nrole_arn = ${arnOf(OPEN.long)}\nsource_profile = p\nduration_seconds = 14400\n` +
        `[profile own]\nrole_arn = ${arnOf(OPEN.long)}\nsource_profile = bot\nduration_seconds = 14400\n`,
      `[bot]\n${keysOf(world, 'bot')}`,
    );
    const first = await world.run(['export', 'r']);
    expect([first.code, signers()]).toEqual([0, [keys.AccessKeyId]]);
    expect(first.stderr).toMatch(/4h was asked for .*, so 1h it is/);
    expect((await world.run(['export', 'own'])).code).toBe(0);
    expect(world.sandbox.journal.calls.map((call) => call.params['DurationSeconds'])).toEqual([
      '3600',
      '14400',
    ]);
  });

  it('temporary keys with an mfa_serial: no GetSessionToken is tried; the code goes with AssumeRole', async () => {
    const keys = await temporaryKeys();
    const serial = world.sandbox.company.users.alice.device?.serial ?? '';
    world.home.write(
      `[profile p]\nmfa_serial = ${serial}\ncredential_process = ${processOf({ Version: 1, ...keys })}\n[profile r]\nrole_arn = ${arnOf(OPEN.mfaOne)}\nsource_profile = p\n`,
      '',
    );
    const code = world.sandbox.cloud.freshCode(serial) ?? '';
    const first = await world.run(['export', 'r', '--mfa-token', code]);
    expect(first.stderr).not.toMatch(/something went wrong/);
    expect(world.calls).not.toContain('GetSessionToken');
    expect(world.sandbox.journal.calls[0]?.params).toMatchObject({ SerialNumber: serial, TokenCode: code });
  });

  it.each([
    ['not found', 'no-such-program-here', 3, /credential_process "no-such-program-here" was not found/],
    ['fails', 'false', 1, /credential_process "false" failed with exit code 1/],
    [
      'prints no JSON',
      'echo SECRET',
      1,
      /credential_process "echo": its output can't be used: it is no JSON/,
    ],
    ['an unclosed quote', '"abc', 3, /credential_process: a quotation mark is not closed/],
  ])('%s: names the profile and file:line', async (_, command, exit, message) => {
    world.home.write(
      `[profile p]\ncredential_process = ${command}\n[profile r]\nrole_arn = ${READER}\nsource_profile = p\n`,
      '',
    );
    const { code, stdout, stderr } = await world.run(['export', 'r']);
    expect([code, stdout, world.calls]).toEqual([exit, '', []]);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^tsawsume: profile "p": .*\(\S+\/\.aws\/config:2\)\n[^\n]+\n$/);
    expect(stderr).not.toContain('SECRET');
  });

  it('expired keys are refused', async () => {
    const old = { ...longLived('bot'), SessionToken: 't', Expiration: '2020-01-01T00:00:00Z' };
    world.home.write(`[profile p]\ncredential_process = ${processOf(old)}\n`, '');
    const { code, stdout, stderr } = await world.run(['export', 'p']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('have expired');
  });
});

describe('credential_source', () => {
  const source = (name: string, more = ''): void =>
    world.home.write(
      `[profile r]\nrole_arn = ${READER}\ncredential_source = ${name}\n`,
      `[default]\n${keysOf(world, 'dev')}${more}`,
    );

  it('Environment: the environment’s keys sign, never [default]', async () => {
    source('Environment');
    const env = {
      AWS_ACCESS_KEY_ID: key('bot').accessKeyId,
      AWS_SECRET_ACCESS_KEY: key('bot').secretAccessKey,
    };
    expect((await world.run(['export', 'r'], { env })).code).toBe(0);
    expect(signers()).toEqual([idOf(world, 'bot')]);
    const other = {
      AWS_ACCESS_KEY_ID: key('dev').accessKeyId,
      AWS_SECRET_ACCESS_KEY: key('dev').secretAccessKey,
    };
    expect((await world.run(['export', 'r'], { env: other })).code).toBe(0);
    expect(signers()).toEqual([idOf(world, 'bot'), idOf(world, 'dev')]);
  });

  it('Environment without keys: an error that names the profile and its line, whatever [default] holds', async () => {
    source('Environment');
    const { code, stdout, stderr } = await world.run(['export', 'r']);
    expect([code, stdout, world.calls]).toEqual([3, '', []]);
    expect(stderr).toMatch(
      /^tsawsume: profile "r": .*AWS_ACCESS_KEY_ID is not set \(\S+\/config:3\)\n[^\n]+\n$/,
    );
  });

  it('EcsContainer: asks the container’s endpoint, with its token', async () => {
    source('EcsContainer');
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.url, request.headers.authorization);
      const keys = {
        ...longLived('bot'),
        Token: '',
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      };
      response.end(JSON.stringify({ ...keys, Token: 'not-checked-for-long-lived' }));
    });
    servers.push(server);
    const port = await new Promise<number>((done) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        done(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const env = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${String(port)}/creds`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'let-me-in',
    };
    await world.run(['export', 'r'], { env });
    expect(seen.slice(0, 2)).toEqual(['/creds', 'let-me-in']);
    expect(signers()).toEqual([idOf(world, 'bot')]);
    const without = await world.run(['export', 'r', '-r']);
    expect([without.code, without.stdout]).toEqual([3, '']);
  });
});

describe('web identity', () => {
  const CI = 'arn:aws:iam::111122223333:role/ci';
  const profile = (file: string, more = ''): void =>
    world.home.write(
      `[profile ci]\nrole_arn = ${CI}\nweb_identity_token_file = ${file}\n${more}[profile over]\nrole_arn = ${READER}\nsource_profile = ci\n`,
      `[ci]\n${keysOf(world, 'dev')}`,
    );
  const token = (): string =>
    world.sandbox.cloud.webIdentities.issue({
      provider: 'ci.example.com',
      subject: 'repo:example/app',
      audience: 'sts.amazonaws.com',
      expiresAt: Date.now() + 60_000,
    });

  it('is not signed, wins over the static keys beside it, and its token is trimmed', async () => {
    const file = join(world.home.path, 'token');
    writeFileSync(file, `\n ${token()}\n\n`);
    profile(file);
    const first = await world.run(['export', 'ci', '--format', 'json']);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(world.calls).toEqual(['AssumeRoleWithWebIdentity']);
    expect(signers()).toEqual([undefined]);
    await world.run(['export', 'ci', '--format', 'json']);
    expect(world.calls).toHaveLength(1);
  });

  it('takes a session policy; tags and a source identity come with the token alone', async () => {
    const file = join(world.home.path, 'token');
    writeFileSync(file, token());
    profile(file);
    const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const wishes = ['--session-policy', '{"Statement": []}', '--session-policy-arns', arn];
    expect((await world.run(['export', 'ci', ...wishes])).code).toBe(0);
    expect(world.sandbox.journal.calls[0]?.params).toMatchObject({
      Policy: '{"Statement":[]}',
      'PolicyArns.member.1.arn': arn,
    });
    const { code, stderr } = await world.run(['export', 'ci', '-t', 'a=b']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is opened by a token')]);
  });

  it('as a source of a chain', async () => {
    const file = join(world.home.path, 'token');
    writeFileSync(file, token());
    profile(file);
    await world.run(['export', 'over']);
    expect(world.calls).toEqual(['AssumeRoleWithWebIdentity', 'AssumeRole']);
    expect(signers()[1]).toMatch(/^ASIA/);
  });

  it.each([
    ['is not there', undefined, 3],
    ['is empty', ' \n', 3],
    ['is refused', 'made-up', 1],
  ])('a token file that %s', async (_, text, exit) => {
    const file = join(world.home.path, 'token');
    if (text !== undefined) writeFileSync(file, text);
    profile(file);
    const { code, stdout, stderr } = await world.run(['export', 'ci']);
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toContain('profile "ci"');
    if (exit === 3) expect(stderr).toMatch(/\(\S+\/\.aws\/config:3\)\n[^\n]+\n$/);
    expect(stderr).not.toMatch(/something went wrong|\n\s+at /);
  });
});
