import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Pty, until } from '../io/pty';
import { PROGRAM, run, type Result } from '../support/harness';
import { ownFolders } from '../support/own-folders';

const ROLE = 'arn:aws:sts::111122223333:assumed-role/cli-role/';

const folders = ownFolders();
let pty: Pty | undefined;
afterEach(() => pty?.close());

const sandbox = (words: readonly string[], more: Record<string, string> = {}, input = ''): Promise<Result> =>
  run([...PROGRAM, 'sandbox', ...words], { env: folders.env(more), input });
const sh = (script: string, more: Record<string, string> = {}): Promise<Result> =>
  sandbox(['--', 'sh', '-c', script], more);

describe('sandbox -- CMD', () => {
  it('has our streams, its own arguments and its own exit code, and leaves no HOME behind', async () => {
    const result = await sandbox(
      ['--', 'sh', '-c', 'cat; echo "$@" >&2; exit 7', 'sh', '--', '-x'],
      {},
      'in',
    );
    expect(result).toMatchObject({ code: 7, stdout: 'in', stderr: '-- -x\n' });
    expect(folders.leftBehind()).toEqual([]);
    expect(readdirSync(folders.own)).toEqual([]);
  });

  it.each([
    ['nonesuch-command', 127, 'tsawsume: nonesuch-command: command not found\n'],
    ['/etc/passwd', 126, "tsawsume: /etc/passwd: can't be executed (EACCES)\n"],
  ])('%s gives %i', async (command, code, stderr) => {
    expect(await sandbox(['--', command])).toMatchObject({ code, stderr });
    expect(folders.leftBehind()).toEqual([]);
  });

  it('wants -- before the command, and a terminal where there is none', async () => {
    expect((await sandbox(['true'])).code).toBe(2);
    const { code, stderr } = await sandbox([]);
    expect(code).toBe(2);
    expect(stderr).toContain('tsawsume sandbox -- CMD');
  });

  it('knows nothing of the identity and the files outside', async () => {
    const outside = {
      AWS_PROFILE: 'prod',
      AWS_ACCESS_KEY_ID: 'AKIAOUTSIDE',
      AWS_CONFIG_FILE: '/outside',
      TSAWSUME_PROFILE: 'prod',
      TSAWSUME_HOME: '/outside',
      AWSUME_PROFILE: 'prod',
      XDG_CONFIG_HOME: '/outside',
      HTTPS_PROXY: 'http://outside.invalid:1',
      HTTP_PROXY: 'http://outside.invalid:1',
    };
    const { stdout } = await sh('env; tsawsume whoami bot', outside);
    expect(stdout).not.toMatch(/AKIAOUTSIDE|=prod|=\/outside/);
    expect(stdout).toMatch(/^AWS_ENDPOINT_URL_STS=http:\/\/127\.0\.0\.1:\d+$/m);
    expect(stdout).toContain('arn:aws:iam::111122223333:user/bot');
  });

  it('has a HOME that nobody else can look into', async () => {
    const { stdout } = await sh('cd; pwd; ls -ld . .aws .aws/config .aws/credentials | cut -c 1-10');
    const [path, ...modes] = stdout.trim().split('\n');
    expect(modes).toEqual(['drwx------', 'drwx------', '-rw-------', '-rw-------']);
    expect(path?.startsWith(join(folders.temp, 'tsawsume-sandbox-'))).toBe(true);
  });

  it('lets the main job be done, with the tsawsume that started it', async () => {
    const { stdout, code } = await sh(
      'eval "$(tsawsume cli-role --mfa-token "$(mfa-code)")" && tsawsume whoami',
    );
    expect(stdout).toContain(ROLE);
    expect(code).toBe(0);
  });

  it('never shows a code that was spent', async () => {
    const { stdout } = await sh(`
      for n in 1 2 3; do
        code=$(mfa-code); echo "$code"
        tsawsume export cli-role -r --mfa-token "$code" >/dev/null || echo refused
      done; mfa-code alice`);
    const lines = stdout.trim().split('\n');
    const codes = lines.filter((line) => /^\d{6}$/.test(line));
    expect(codes).toHaveLength(4);
    expect(new Set(codes).size).toBe(4);
    // On a busy machine a code can grow too old between being shown and being sent; it is not one that was spent.
    expect(lines.filter((line) => line === 'refused').length).toBeLessThanOrEqual(1);
  }, 60_000);

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('tidies up after %s, and ends by it', async (signal) => {
    const words = [...PROGRAM.slice(1), 'sandbox', '--', 'sh', '-c', 'echo ready; exec sleep 60'];
    const child = spawn(PROGRAM[0] ?? '', words, {
      env: folders.env(),
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    expect(folders.leftBehind()).toHaveLength(1);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([null, signal]);
    expect(folders.leftBehind()).toEqual([]);
  });

  it('tidies up when the command is killed, and after a run that was', async () => {
    expect((await sh('kill -KILL $$')).code).toBe(137);
    expect(folders.leftBehind()).toEqual([]);
    expect((await sh('kill -KILL $PPID')).signal).toBe('SIGKILL');
    expect(folders.leftBehind()).toHaveLength(1);
    const { stdout } = await sh('ls -d "$TMPDIR"/tsawsume-sandbox-*');
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(folders.leftBehind()).toEqual([]);
  });
});

const found = (name: string): string =>
  (process.env['PATH'] ?? '')
    .split(':')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path)) ?? '';

const open = (shell: string): Pty => {
  const [program = '', ...args] = PROGRAM;
  pty = new Pty(program, [...args, 'sandbox'], folders.env({ SHELL: shell }));
  return pty;
};

describe.each(['bash', 'zsh', 'fish'])('sandbox at a terminal, %s', (name) => {
  const shell = found(name);

  it.skipIf(shell === '')('is a shell in which tsawsume cli-role works, code and all', async () => {
    const terminal = open(shell);
    await terminal.shows('nothing stays behind');
    const start = await terminal.shows(/sandbox \[MFA \d{6}\]/);
    terminal.type('tsawsume cli-role\r');
    await terminal.shows('MFA code for', start);
    const code = [...terminal.screen.matchAll(/\[MFA (\d{6})\]/g)].at(-1)?.[1] ?? '';
    terminal.type(`${code}\r`);
    await terminal.shows('Role credentials will expire', start);
    const became = await terminal.shows('(cli-role) sandbox', start);
    terminal.type('tsawsume whoami\r');
    await terminal.shows(ROLE, became);
    terminal.type('tsawsume --unset\r');
    const unset = await terminal.shows(/sandbox \[MFA \d{6}\]/, became);
    expect(terminal.screen.slice(became, unset)).not.toContain(`[MFA ${code}]`);
    terminal.type('exit 3\r');
    expect((await terminal.ended).exitCode).toBe(3);
    expect(folders.leftBehind()).toEqual([]);
  });

  it.skipIf(shell === '')('leaves Ctrl-C to the shell, and ends by SIGTERM', async () => {
    const terminal = open(shell);
    const start = await terminal.shows(/sandbox \[MFA \d{6}\]/);
    // Only once it says that it runs is it sure to have the terminal, and so the key.
    terminal.type('sh -c \'echo run""ning; exec sleep 60\'\r');
    await terminal.shows('running', start);
    terminal.type('\u0003');
    const again = await terminal.shows(/sandbox \[MFA \d{6}\]/, start);
    terminal.type('expr 40 + 2\r');
    await terminal.shows(/^42\r/m, again);
    process.kill(terminal.pid, 'SIGTERM');
    await terminal.ended;
    await until(() => folders.leftBehind().length === 0, 'tidying up');
  });
});
