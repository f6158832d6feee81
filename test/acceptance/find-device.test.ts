import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Pty } from '../io/pty';
import { PROGRAM, World } from '../support/harness';
import { arnOf, keysOf, OPEN, openWorld } from '../support/open-company';
import { strings } from '../support/start';

/** A role that wants MFA, of a profile that names no device, as `mfa_serial` is easily forgotten. */
let world: World;
let pty: Pty | undefined;
afterEach(async () => {
  pty?.close();
  pty = undefined;
  await world.close();
});

const serial = (): string => world.sandbox.company.users.dev.device?.serial ?? '';
const config = (): string => `${world.home.path}/.aws/config`;
const profile = (name: string, role: string): string =>
  `[profile ${name}]\nrole_arn = ${role}\nsource_profile = dev\n`;
const become = (name: string, ...more: string[]) => world.run(['export', name, '--format', 'json', ...more]);

describe('a user who may see their own devices', () => {
  beforeEach(async () => {
    world = await openWorld();
    world.home.write(
      `${profile('one', arnOf(OPEN.mfaOne))}${profile('last', arnOf(OPEN.last))}`,
      `[dev]\n${keysOf(world, 'dev')}`,
    );
  });

  it('has it found, used with the code of the flag, and offered; the next run knows it', async () => {
    const { code, stderr } = await become('one', '--mfa-token', world.code());
    expect([code, world.calls]).toEqual([
      0,
      ['AssumeRole', 'ListMFADevices', 'GetSessionToken', 'AssumeRole'],
    ]);
    const found = `"one" was refused without MFA, and no profile has mfa_serial; IAM names your device ${serial()}\n`;
    const offer = `to be asked for its code at once, add to profile "one" (${config()}:1): mfa_serial = ${serial()}\n`;
    expect(stderr.replaceAll('tsawsume: ', '')).toBe(found + offer);
    expect(world.sandbox.journal.calls[1]).toMatchObject({
      accessKeyId: world.sandbox.company.users.dev.key.accessKeyId,
      region: 'us-east-1',
      outcome: 'ok',
    });

    const again = await become('one');
    expect([again.code, again.stderr, world.calls.length]).toEqual([0, '', 4]);
    const explained = await world.run(['explain', 'one']);
    expect(explained.stdout).toContain(`${serial()}  (IAM, ListMFADevices)`);
    const other = await become('last');
    expect([other.code, world.calls.slice(4)]).toEqual([0, ['AssumeRole']]);
  });

  it('asks at the terminal, in the shell that the answer is for', async () => {
    const [program = '', ...args] = PROGRAM;
    pty = new Pty(
      program,
      [...args, 'exec', 'one', '--', 'sh', '-c', 'echo is=$TSAWSUME_PROFILE'],
      strings(world.env),
    );
    await pty.shows('IAM names your device');
    await pty.shows(`MFA code for one (${serial()}):`);
    pty.type(`${world.code()}\r`);
    await pty.shows(`mfa_serial = ${serial()}`);
    await pty.shows('is=one');
    expect((await pty.ended).exitCode).toBe(0);
  });

  it('asks nobody where no code can be had: the first refusal stands', async () => {
    const { code, stdout, stderr } = await become('one');
    expect([code, stdout, world.calls]).toEqual([1, '', ['AssumeRole']]);
    expect(stderr).toContain('it wants MFA: then add mfa_serial to the profile');
  });

  it('takes the virtual device of several', async () => {
    const { bot } = world.sandbox.company.users;
    const secret = world.sandbox.company.users.dev.device?.secret ?? '';
    const device = `arn:aws:iam::${bot.account}:mfa/of-bot`;
    const key = { accessKeyId: 'AKIATWODEVICES000000', secretAccessKey: bot.key.secretAccessKey };
    const fido = `arn:aws:iam::${bot.account}:u2f/user/two/key-ABCDEFGHIJ`;
    const devices = [fido, device].map((each) => ({ serial: each, secret }));
    world.sandbox.cloud.addUser({ ...bot, name: 'two', keys: [key], devices });
    world.home.write(
      profile('one', arnOf(OPEN.mfaOne)),
      `[dev]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`,
    );
    const { code, stderr } = await become('one', '--mfa-token', world.sandbox.cloud.currentCode(device));
    expect(code).toBe(0);
    expect(stderr).toContain(`IAM names your device ${device}\n`);
    const sent = world.sandbox.journal.calls.find(({ action }) => action === 'GetSessionToken');
    expect(sent?.params['SerialNumber']).toBe(device);
  });
});

it('a user who may not see them is told the role’s refusal, and that IAM refused as well', async () => {
  world = await World.open();
  const role = `arn:aws:iam::${world.sandbox.company.accounts.main}:role/cli-role`;
  world.home.write(profile('one', role), `[dev]\n${keysOf(world, 'dev')}`);
  const { code, stdout, stderr } = await become('one', '--mfa-token', world.code());
  expect([code, stdout, world.calls]).toEqual([1, '', ['AssumeRole', 'ListMFADevices']]);
  expect(stderr).toMatch(
    /^tsawsume: AssumeRole of \S+ for profile "one" was refused: AccessDenied: .*\nthe role does not trust you, or it wants MFA: then add mfa_serial to the profile \(or to its source\); your MFA device can't be looked up \(ListMFADevices: AccessDenied\)\n$/,
  );
  expect(world.home.sessions()).toEqual([]);
});
