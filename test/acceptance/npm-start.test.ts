import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Pty } from '../io/pty';
import { run } from '../support/harness';
import { ownFolders } from '../support/own-folders';
import { IS_EXECUTABLE } from '../support/program';

const ROLE = 'arn:aws:sts::111122223333:assumed-role/cli-role/';
const ROOT = join(import.meta.dirname, '../..');
const BASH = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'].find((path) => existsSync(path)) ?? '';

const folders = ownFolders();
let pty: Pty | undefined;
afterEach(() => pty?.close());

const env = (more: Record<string, string> = {}): Record<string, string> =>
  folders.env({ npm_config_update_notifier: 'false', ...more });

describe.skipIf(IS_EXECUTABLE)('npm start (which is of the checkout, and builds for Node)', () => {
  it('without a terminal plays the main job through', async () => {
    const result = await run(['npm', 'start'], { env: env(), cwd: ROOT });
    expect(result).toMatchObject({ code: 0 });
    expect(result.stdout).toMatch(/^\$ tsawsume cli-role --mfa-token \d{6}$/m);
    expect(result.stdout).toContain(`Arn      ${ROLE}`);
    expect(result.stdout).toContain('this shell is nobody');
    expect(result.stdout).not.toMatch(/AWS_(SECRET_ACCESS_KEY|SESSION_TOKEN)=.{6}/);
    expect(folders.leftBehind()).toEqual([]);
  });

  it('at a terminal invites the person to do it', async () => {
    pty = new Pty('npm', ['start'], env({ SHELL: BASH }));
    await pty.shows('type: tsawsume cli-role');
    await pty.shows(/sandbox \[MFA \d{6}\]/);
    pty.type('exit\r');
    expect((await pty.ended).exitCode).toBe(0);
    expect(folders.leftBehind()).toEqual([]);
  });
});
