import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Pty } from '../io/pty';
import { PROGRAM, World } from '../support/harness';

let world: World;
let pty: Pty | undefined;
beforeEach(async () => {
  world = await World.open();
});
afterEach(async () => {
  pty?.close();
  await world.close();
});

const HOSTILE = `[profile bad]
role_arn = nonsense
source_profile = dev
[profile \u001b[2J$(touch canary)]
region = x
[profile ${'long-'.repeat(40)}]
region = eu-west-1
`;
const keys = (): string => {
  const { accessKeyId, secretAccessKey } = world.sandbox.company.users.bot.key;
  return `[bot]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
};
const line = (text: string, start: string): string =>
  text.split('\n').find((one) => one.startsWith(start)) ?? '';

/** What a terminal shows of a command, and whether it coloured anything. */
async function shown(words: readonly string[], env: Record<string, string> = {}) {
  const command = PROGRAM.map((word) => `"${word}"`).join(' ');
  const script = `stty cols 60; ${command} ${words.join(' ')}; echo over`;
  pty = new Pty('bash', ['-c', script], {
    HOME: world.home.path,
    AWS_ENDPOINT_URL_STS: world.sandbox.url,
    ...env,
  });
  await pty.shows('over');
  const { screen } = pty;
  return {
    screen,
    lines: screen.replace(/\u001b\[[0-9;]*[mK]/g, '').split('\r\n'),
    colours: screen.includes('\u001b[3'),
  };
}

describe('list', () => {
  it('shows what is stored, and how long it lasts', async () => {
    await world.run(['export', 'reader']);
    const { code, stdout } = await world.run(['list']);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^PROFILE +TYPE +SOURCE +MFA +REGION +ACCOUNT +STORED$/);
    expect(line(stdout, 'reader')).toMatch(/ 111122223333 +(59m|1h)$/);
    expect(line(stdout, 'cli-role')).toMatch(/ -$/);
    const json = (await world.run(['list', '--json'])).stdout;
    expect(json).toMatch(/"profile": "reader",[^}]*"account": "111122223333",[^}]*"stored": "\d{4}-[^"]*Z"/);
  });

  it('does not take the session of a role that the profile no longer names for its own', async () => {
    await world.run(['export', 'reader']);
    world.home.write(
      '[profile reader]\nrole_arn = arn:aws:iam::111122223333:role/other\nsource_profile = bot\n',
      keys(),
    );
    expect(line((await world.run(['list'])).stdout, 'reader')).toMatch(/ -$/);
  });

  it('shows a bad profile among the good ones, with file:line, and spells hostile names out', async () => {
    world.home.write(HOSTILE, keys());
    const { code, stdout, stderr } = await world.run(['list']);
    expect([code, stderr]).toEqual([0, '']);
    expect(line(stdout, 'bad')).toMatch(/^bad +bad +\S+\/\.aws\/config:2: .*role_arn/);
    expect(line(stdout, '\\x1b[2J$(touch canary)')).toContain('none');
    expect(line(stdout, 'bot')).toContain('user');
    // No terminal, no width: nothing is cut.
    expect(stdout).toContain('long-'.repeat(40));
    expect(stdout).not.toContain('\u001b');
  });

  it('fits a terminal, in colour where that is wanted', async () => {
    world.home.write(HOSTILE, keys());
    const { screen, lines, colours } = await shown(['list']);
    expect(colours).toBe(true);
    expect(screen).not.toContain('\u001b[2J');
    expect(lines.filter((one) => one.length > 60)).toEqual([]);
    expect(lines.find((one) => one.startsWith('long-'))).toContain('…');
    for (const off of [{ NO_COLOR: '1' }, { TERM: 'dumb' }])
      expect((await shown(['list'], off)).colours).toBe(false);
  });
});

describe('list --more', () => {
  it.each([[['-l', 'more']], [['list', '--more']]])('%j: asks STS, and nobody for a code', async (words) => {
    const { code, stdout, stderr } = await world.run(words, { env: { TSAWSUME_MFA_TOKEN: world.code() } });
    expect([code, stderr]).toEqual([0, '']);
    expect(line(stdout, 'bot')).toContain(':user/bot');
    expect(line(stdout, 'reader')).toContain(':assumed-role/reader/');
    expect(line(stdout, 'cli-role')).toMatch(/needs an MFA code$/);
    expect(world.calls).not.toContain('GetSessionToken');
  });

  it('says of a profile that fails why it does, and goes on', async () => {
    world.home.write(
      '[profile denied]\nrole_arn = arn:aws:iam::111122223333:role/nonesuch\nsource_profile = bot\n[profile bot]\nregion = us-east-1\n[profile mfa]\nrole_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = bot\nmfa_serial = arn:aws:iam::111122223333:mfa/bot\nmfa_process = touch canary\n',
      keys(),
    );
    const { code, stdout } = await world.run(['list', '--more']);
    expect(code).toBe(0);
    expect(line(stdout, 'denied')).toMatch(/AccessDenied|not allow|may not|refused/);
    expect(line(stdout, 'bot')).toContain(':user/bot');
    expect(line(stdout, 'mfa')).toMatch(/needs an MFA code$/);
  });

  it('shows how far it is at a terminal, and takes that away', async () => {
    const { screen } = await shown(['list', '--more']);
    expect(screen).toMatch(/asked STS for \d+ of \d+ profiles/);
    expect(screen.lastIndexOf('\r\u001b[K')).toBeGreaterThan(screen.lastIndexOf('asked STS'));
  });

  it('-l takes no other word', async () => {
    expect((await world.run(['-l', 'prod'])).code).toBe(2);
  });
});
