import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCredentialProcess } from '../../src/io/credential-process';
import { runMfaProcess } from '../../src/io/mfa-process';
import { Pty, discard, program } from './pty';
import { quoted, RUNTIME } from '../support/program';

const NOW = Date.parse('2026-01-31T10:00:00Z');
let folder = '';
const options = () => ({
  env: { PATH: `${folder}:/usr/bin:/bin`, GIVEN: 'from-env' },
  platform: process.platform,
  now: () => NOW,
});
const run = (command: string) => runCredentialProcess(command, options());

function script(name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsawsume-test-'));
  script('give', `printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"hidden"}' "$1"`);
  script('hidden-fail', 'echo hidden-output; exit 3');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('credential_process', () => {
  it('is found on PATH and gets its arguments without a shell', async () => {
    expect((await run('give "a $GIVEN *"')).accessKeyId).toBe('a $GIVEN *');
  });

  it('has the environment, a closed stdin, and as much time as it needs', async () => {
    const session = await run(`sh -c "sleep 0.1; give \\"$(cat | wc -c)$GIVEN\\""`);
    expect(session.accessKeyId.trim()).toBe('0from-env');
  });

  it.each([
    ['', 'profile', 'credential_process is empty'],
    ['"', 'profile', 'credential_process: a quotation mark is not closed'],
    ['nonesuch hidden', 'profile', 'credential_process "nonesuch" was not found'],
    ['~/x hidden', 'profile', 'credential_process "~/x" was not found'],
    ['/etc/passwd hidden', 'profile', 'credential_process "/etc/passwd" is not executable'],
    ['sh -c "echo hidden; exit 3"', 'refused', 'credential_process "sh" failed with exit code 3'],
    ['sh -c "kill -TERM $$"', 'refused', 'credential_process "sh" was ended by SIGTERM'],
    ['echo hidden', 'refused', `credential_process "echo": its output can't be used: it is no JSON`],
    ['yes hidden', 'refused', 'credential_process "yes" printed more than 1 MiB'],
  ])('%j is refused in one line that repeats nothing', async (command, kind, message) => {
    await expect(run(command)).rejects.toMatchObject({ kind, message });
  });

  it('says what ~ means here', async () => {
    await expect(run('~/x')).rejects.toHaveProperty('hint', expect.stringContaining('no shell'));
  });
});

describe('mfa_process', () => {
  it('is run by the shell, and its answer trimmed', async () => {
    expect(await runMfaProcess('echo " 123456 " | cat', options())).toBe('123456');
  });

  it.each([
    ['hidden-fail', 'the mfa_process failed with exit code 3'],
    ['kill -TERM $$', 'the mfa_process was ended by SIGTERM'],
    ['true', 'the mfa_process printed nothing'],
    ['yes hidden', 'the mfa_process printed more than a code'],
  ])('%j is refused in one line that repeats nothing', async (command, message) => {
    await expect(runMfaProcess(command, options())).rejects.toMatchObject({ kind: 'refused', message });
  });

  it('can ask at the terminal though our streams are pipes', async () => {
    const file = program(`
      import { runMfaProcess } from './src/io/mfa-process';
      const ask = 'printf "PIN: " >&2; read -r pin; echo "$pin"';
      runMfaProcess(ask, { env: process.env, platform: process.platform }).then((code) => console.log('<' + code + '>'));
    `);
    const pty = new Pty('bash', [
      '-c',
      `x=$(true | ${quoted([...RUNTIME, file])} 2>/dev/null); echo "got $x"`,
    ]);
    try {
      await pty.shows('PIN: ');
      pty.type('123456\r');
      await pty.shows('got <123456>');
    } finally {
      pty.close();
      discard(file);
    }
  });
});
