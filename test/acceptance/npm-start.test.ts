import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Pty } from '../io/pty';
import { run } from '../support/harness';
import { IS_EXECUTABLE } from '../support/program';

const ROLE = 'arn:aws:sts::111122223333:assumed-role/cli-role/';
const ROOT = join(import.meta.dirname, '../..');
const BASH = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'].find((path) => existsSync(path)) ?? '';

/** The system's folder for temporary files, as far as the program knows, and the person's own HOME in another. */
let temp = '';
let own = '';
let pty: Pty | undefined;
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  own = mkdtempSync(join(tmpdir(), 'sandbox-own-'));
});
afterEach(() => {
  pty?.close();
  for (const folder of [temp, own]) rmSync(folder, { recursive: true, force: true });
});

const env = (more: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: own,
  TMPDIR: temp,
  npm_config_update_notifier: 'false',
  ...more,
});
/** Node keeps compiled code there, too: that is not ours to judge. */
const leftBehind = (): string[] => readdirSync(temp).filter((name) => name.startsWith('tsawsume'));

describe.skipIf(IS_EXECUTABLE)('npm start (which is of the checkout, and builds for Node)', () => {
  it('without a terminal plays the main job through', async () => {
    const result = await run(['npm', 'start'], { env: env(), cwd: ROOT });
    expect(result).toMatchObject({ code: 0 });
    expect(result.stdout).toMatch(/^\$ tsawsume cli-role --mfa-token \d{6}$/m);
    expect(result.stdout).toContain(`Arn      ${ROLE}`);
    expect(result.stdout).toContain('this shell is nobody');
    expect(result.stdout).not.toMatch(/AWS_(SECRET_ACCESS_KEY|SESSION_TOKEN)=.{6}/);
    expect(leftBehind()).toEqual([]);
  });

  it('at a terminal invites the person to do it', async () => {
    pty = new Pty('npm', ['start'], env({ SHELL: BASH }));
    await pty.shows('type: tsawsume cli-role');
    await pty.shows(/sandbox \[MFA \d{6}\]/);
    pty.type('exit\r');
    expect((await pty.ended).exitCode).toBe(0);
    expect(leftBehind()).toEqual([]);
  });
});
