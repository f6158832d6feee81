import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../support/harness';
import { arnOf, keysOf, OPEN, openWorld } from '../support/open-company';

/** Where a code comes from when nobody is at a terminal, and what becomes of a bad one. */
let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const dev = (): string => world.sandbox.company.users.dev.device?.serial ?? '';
/** A code that is not the device's, and not one of its neighbours. */
function wrongCode(): string {
  const right = new Set([world.code(), world.sandbox.cloud.freshCode(dev())]);
  return ['000000', '111111', '222222', '333333'].find((code) => !right.has(code)) ?? '444444';
}

/** A role with MFA whose code comes from a command; the command tells how often it ran. */
function withProcess(script: string): string {
  const file = join(world.home.path, 'code.sh');
  writeFileSync(file, `#!/bin/sh\nprintf x >> ${world.home.path}/runs\n${script}\n`);
  chmodSync(file, 0o755);
  world.home.write(
    `[profile dev]\nmfa_serial = ${dev()}\n[profile one]\nrole_arn = ${arnOf(OPEN.mfaOne)}\nsource_profile = dev\nmfa_process = ${file}\n`,
    `[dev]\n${keysOf(world, 'dev')}`,
  );
  return file;
}

describe('a given code', () => {
  it('--mfa-token -: from stdin, with the white space around it', async () => {
    const result = await world.run(['export', 'cli-role', '--mfa-token', '-'], {
      input: ` ${world.code()}\n`,
    });
    expect([result.code, world.calls]).toEqual([0, ['GetSessionToken', 'AssumeRole']]);
  });

  it('TSAWSUME_MFA_TOKEN, and the flag wins over it', async () => {
    const env = { TSAWSUME_MFA_TOKEN: wrongCode() };
    const flag = await world.run(['export', 'cli-role', '--mfa-token', world.code()], { env });
    expect(flag.code).toBe(0);
    const alice = await world.run(['export', 'alice'], { env: { TSAWSUME_MFA_TOKEN: world.code('alice') } });
    expect([alice.code, world.calls.length]).toEqual([0, 3]);
  });

  it('an empty TSAWSUME_MFA_TOKEN is none', async () => {
    const { code, stderr } = await world.run(['export', 'cli-role'], { env: { TSAWSUME_MFA_TOKEN: '' } });
    expect([code, world.calls]).toEqual([4, []]);
    expect(stderr).toMatch(
      /^tsawsume: profile "cli-role" needs an MFA code of arn:\S+, and there is no terminal/,
    );
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });

  it.each(['12345', '1234567', 'abcdef', '12 456', '', '١٢٣٤٥٦'])('%j is never sent', async (token) => {
    const { code, stdout, stderr } = await world.run(['export', 'cli-role', `--mfa-token=${token}`]);
    expect([code, stdout, world.calls]).toEqual([2, '', []]);
    expect(stderr).toContain('is not six digits');
    if (token !== '') expect(stderr).not.toContain(token);
  });

  it('a wrong one: one call, exit 1, what STS said and what to do', async () => {
    const { code, stdout, stderr } = await world.run(['export', 'cli-role', '--mfa-token', wrongCode()]);
    expect([code, stdout, world.calls]).toEqual([1, '', ['GetSessionToken']]);
    expect(stderr).toMatch(/AWS refused that MFA code/);
    expect(stderr).toMatch(/next code/);
    expect(world.home.sessions()).toEqual([]);
  });

  it('a spent one is refused here, without a call, and says how long to wait', async () => {
    const code = world.code();
    expect((await world.run(['export', 'cli-role', '--mfa-token', code])).code).toBe(0);
    world.sandbox.journal.clear();
    const again = await world.run(['export', 'cli-role', '-r', '--mfa-token', code]);
    expect([again.code, again.stdout, world.calls]).toEqual([1, '', []]);
    expect(again.stderr).toMatch(/this MFA code was just used[^\n]*\n[^\n]*the next one comes in \d+s/);
  });

  it('a wrong one was sent, too: it is not sent a second time', async () => {
    const wrong = wrongCode();
    await world.run(['export', 'cli-role', '--mfa-token', wrong]);
    const again = await world.run(['export', 'cli-role', '--mfa-token', wrong]);
    expect([again.code, world.calls]).toEqual([1, ['GetSessionToken']]);
  });

  it('is not kept in clear anywhere under HOME', async () => {
    const code = world.code();
    await world.run(['export', 'cli-role', '--mfa-token', code, '--debug']);
    const { stdout } = await (await import('../support/harness')).run(['grep', '-rl', code, world.home.path]);
    expect(stdout).toBe('');
  });
});

describe('mfa_process', () => {
  it('gives the code, without a terminal, and is not run when nothing is to be fetched', async () => {
    withProcess(`echo ${world.code()}`);
    const first = await world.run(['export', 'one']);
    const second = await world.run(['export', 'one']);
    expect([first.code, second.code, world.calls]).toEqual([0, 0, ['GetSessionToken', 'AssumeRole']]);
  });

  it('the flag wins over it', async () => {
    withProcess('echo 000000');
    expect((await world.run(['export', 'one', '--mfa-token', world.code()])).code).toBe(0);
  });

  it('mfa-process of the settings serves where no profile names one', async () => {
    await world.run(['export', 'reader']);
    writeFileSync(join(world.home.path, '.tsawsume/config.yaml'), `mfa-process: echo ${world.code()}\n`);
    expect((await world.run(['export', 'cli-role'])).code).toBe(0);
  });

  it.each([
    ['prints a word', 'echo secretword', /mfa_process printed something else than six digits/],
    ['prints nothing', 'true', /the mfa_process printed nothing/],
    ['fails', 'echo secretword; exit 3', /the mfa_process failed with exit code 3/],
  ])('%s: one line, no call, and not what it printed', async (_, script, message) => {
    withProcess(script);
    const { code, stdout, stderr } = await world.run(['export', 'one']);
    expect([code, stdout, world.calls]).toEqual([1, '', []]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('secretword');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('a wrong code of it is asked for a second time and not a third', async () => {
    // Two wrong codes, one after the other.
    const first = wrongCode();
    withProcess(
      `[ "$(cat ${world.home.path}/runs)" = x ] && echo ${first} || echo ${first === '000000' ? '111111' : '000000'}`,
    );
    const { code } = await world.run(['export', 'one']);
    expect(code).toBe(1);
    expect(world.calls).toEqual(['GetSessionToken', 'GetSessionToken']);
  });
});

describe('a role over an hour that steps down, with a code', () => {
  const limited = (): void =>
    world.home.write(
      `[profile dev]\nmfa_serial = ${dev()}\n[profile lim]\nrole_arn = ${arnOf(OPEN.mfaLimited)}\nsource_profile = dev\nduration_seconds = 14400\n`,
      `[dev]\n${keysOf(world, 'dev')}`,
    );

  it('where a refusal leaves the code unspent: one code is enough', async () => {
    world.sandbox.cloud.settings.refusalsSpendCodes = false;
    limited();
    const { code, stderr } = await world.run(['export', 'lim', '--mfa-token', world.code()]);
    expect([code, world.calls]).toEqual([0, ['AssumeRole', 'AssumeRole']]);
    expect(stderr).toContain('it took 2h');
  });

  it('where a refusal spends it: the next code gets what was learned, without another refusal', async () => {
    limited();
    const first = await world.run(['export', 'lim', '--mfa-token', world.code()]);
    expect([first.code, first.stdout]).toEqual([1, '']);
    world.sandbox.journal.clear();
    const fresh = world.sandbox.cloud.freshCode(dev()) ?? '';
    const second = await world.run(['export', 'lim', '--mfa-token', fresh]);
    expect([second.code, world.calls]).toEqual([0, ['AssumeRole']]);
  });
});
