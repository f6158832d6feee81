import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { delay } from '../../src/sandbox/faults';
import { PROGRAM, run, variables, type World } from '../support/harness';
import { openWorld, secretsOf } from '../support/open-company';
import { start } from '../support/start';
import { quoted } from '../support/program';
import { needs } from './support/needs';

/** Secrets are on stdout when they are asked for, in files of 0600, and nowhere else. */
let world: World;
let reports: string;
beforeEach(async () => {
  world = await openWorld();
  reports = join(world.home.path, 'reports');
  fs.mkdirSync(reports);
});
afterEach(() => world.close());

const JSON_OF = ['export', 'reader', '--format', 'json'];

/** What nobody may see: the long-lived keys, and the session's, once it is known. */
function secrets(json?: string): readonly string[] {
  const session = json === undefined ? {} : variables(json);
  const own = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].flatMap((name) => session[name] ?? []);
  expect(own).toHaveLength(json === undefined ? 0 : 2);
  return [...secretsOf(world), ...own];
}

const shown = (text: string, hidden: readonly string[]): readonly string[] =>
  hidden.filter((one) => text.includes(one));

/** Every file under HOME that holds one of them, with its mode; AWS's own and what is not ours left out. */
function filesWith(hidden: readonly string[]): readonly string[] {
  return fs
    .readdirSync(world.home.path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(world.home.path, name))
    .filter((path) => fs.statSync(path).isFile() && shown(fs.readFileSync(path, 'utf8'), hidden).length > 0)
    .map(
      (path) => `${(fs.statSync(path).mode & 0o777).toString(8)} ${path.slice(world.home.path.length + 1)}`,
    );
}

const DEBUGGING = {
  NODE_DEBUG: 'http,https,net,tls,stream,fs,child_process,module,timer,cluster',
  NODE_DEBUG_NATIVE: 'http,https',
  DEBUG: '*',
  AWS_DEBUG: '1',
  // What the executable's runtime has of that kind.
  BUN_CONFIG_VERBOSE_FETCH: 'curl',
  BUN_DEBUG_ALL: '1',
};

describe('row 42: leaks', () => {
  it.each([
    ['--debug', ['--debug'], {}],
    ['--info', ['--info'], {}],
    ['NODE_DEBUG', [], DEBUGGING],
    [
      'both, and traces',
      ['--debug'],
      { ...DEBUGGING, NODE_OPTIONS: '--trace-warnings --trace-uncaught --stack-trace-limit=200' },
    ],
  ] as const)('stderr with %s holds no secret', async (_, flags, env) => {
    const { code, stdout, stderr } = await world.run([...JSON_OF, ...flags], { env });
    expect(code).toBe(0);
    expect(shown(stderr, secrets(stdout))).toEqual([]);
    const stored = await world.run([...JSON_OF, ...flags], { env });
    expect(shown(stored.stderr, secrets(stdout))).toEqual([]);
  });

  it('stderr of a failure with --debug and NODE_DEBUG holds no secret', async () => {
    const { code, stderr } = await world.run([...JSON_OF, '--debug'], {
      env: { ...DEBUGGING, AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' },
    });
    expect(code).toBe(1);
    expect(shown(stderr, secrets())).toEqual([]);
  });

  it('no MFA code is on stderr with NODE_DEBUG', async () => {
    const code = world.code();
    const given = await world.run(['export', 'cli-role', '--format', 'json', '--debug'], {
      env: { ...DEBUGGING, TSAWSUME_MFA_TOKEN: code },
    });
    expect(given.code).toBe(0);
    expect(given.stderr).not.toContain(code);
    expect(shown(given.stderr, secrets(given.stdout))).toEqual([]);
  });

  it('no name of a file holds what a flag was given, be it of one that is only looked for', async () => {
    needs('strace');
    const code = world.code();
    const keys = JSON.stringify({ AccessKeyId: 'AKIAX', SecretAccessKey: secrets()[0] });
    const lines = [
      ['cli-role', '--mfa-token', code],
      ['export', 'cli-role', `--mfa-token=${code}`],
      ['export', '--json', keys],
    ];
    for (const line of lines) {
      const log = join(world.home.path, 'strace');
      await run(['strace', '-f', '-s', '4096', '-e', 'trace=%file', '-o', log, ...PROGRAM, ...line], {
        env: world.env,
      });
      // The first call is how strace starts it, with its words.
      const [first = '', ...calls] = fs.readFileSync(log, 'utf8').split('\n');
      expect([first.includes('execve'), calls.length > 20]).toEqual([true, true]);
      const all = calls.join('\n').replaceAll('\\"', '"');
      expect(
        shown(all, [code, encodeURIComponent(code), ...secrets(), ...secrets().map(encodeURIComponent)]),
      ).toEqual([]);
    }
  });

  it('no argv of ours or of a child holds a secret, and no environment but that of exec', async () => {
    world.sandbox.setFault(() => delay(700));
    const { child, ended } = start(world, JSON_OF);
    const seen: string[] = [];
    const sample = setInterval(() => {
      for (const what of ['cmdline', 'environ', 'comm']) {
        try {
          seen.push(fs.readFileSync(`/proc/${String(child.pid)}/${what}`, 'latin1'));
        } catch {
          continue;
        }
      }
    }, 5);
    const { stdout } = await ended;
    clearInterval(sample);
    expect(seen.length).toBeGreaterThan(30);
    expect(shown(seen.join('\n'), secrets(stdout))).toEqual([]);
    const inside = await world.run([
      'exec',
      'reader',
      '--',
      'sh',
      '-c',
      'tr "\\0" "\\n" </proc/$PPID/cmdline; tr "\\0" "\\n" </proc/$PPID/environ',
    ]);
    expect(inside.stdout).toContain('exec\nreader');
    expect(shown(inside.stdout, secrets(stdout))).toEqual([]);
  });

  it('files that hold one are 0600', async () => {
    const { stdout } = await world.run(JSON_OF);
    await world.run(['reader', '-o', 'out']);
    await world.run(['export', 'reader', '--output', join(world.home.path, 'creds.sh')]);
    fs.chmodSync(join(world.home.path, '.aws/credentials'), 0o600);
    const found = filesWith(secrets(stdout));
    expect(found.length).toBe(3);
    expect(found.filter((one) => !one.startsWith('600 '))).toEqual([]);
  });

  /** Node's diagnostic reports hold the environment and the command line; a heap or a core hold all of memory. */
  it.each(['--report-on-signal', '--report-uncaught-exception', '--report-on-fatalerror'])(
    'a diagnostic report that NODE_OPTIONS=%s asks for holds no secret',
    async (option) => {
      world.sandbox.setFault(() => delay(1_500));
      const code = world.code();
      const { child, ended } = start(world, ['export', 'cli-role', '--format', 'json'], {
        NODE_OPTIONS: `${option} --report-directory=${reports}`,
        TSAWSUME_MFA_TOKEN: code,
        AWS_SECRET_ACCESS_KEY: 'outer/secret',
        AWS_SESSION_TOKEN: 'outer/token',
      });
      await world.sandbox.journal.arrived(1);
      child.kill('SIGUSR2');
      const { stdout, code: exit } = await ended;
      const made = fs.readdirSync(reports).map((name) => fs.readFileSync(join(reports, name), 'utf8'));
      expect(shown(made.join('\n'), [...secretsOf(world), code, 'outer/secret', 'outer/token'])).toEqual([]);
      if (exit === 0) expect(shown(made.join('\n'), secrets(stdout))).toEqual([]);
    },
  );

  it('SIGUSR1 opens no debugger to our memory', async () => {
    world.sandbox.setFault(() => delay(1_500));
    const { child, ended } = start(world, JSON_OF);
    await world.sandbox.journal.arrived(1);
    child.kill('SIGUSR1');
    const { code, stderr } = await ended;
    expect(code).toBe(0);
    // Node's words and Bun's.
    expect(stderr).not.toMatch(/debugger|inspector|listening/i);
  });

  it('set -x, -v and the history of the shell hold none', async () => {
    const script = `eval "$(tsawsume init bash)"; HISTFILE="$HOME/history"; set -o history; set -xv; tsawsume reader; set +xv; history -w; echo "$AWS_SESSION_TOKEN"`;
    const folder = join(world.home.path, 'bin');
    fs.mkdirSync(folder);
    fs.writeFileSync(join(folder, 'tsawsume'), `#!/bin/sh\nexec ${quoted(PROGRAM)} "$@"\n`, { mode: 0o755 });
    const { stdout, stderr } = await run(['bash', '--norc', '-c', script], {
      env: { ...world.env, PATH: `${folder}:${world.env['PATH'] ?? ''}` },
    });
    const token = stdout.trim();
    expect(token.length).toBeGreaterThan(20);
    expect(stderr).toContain('tsawsume reader');
    expect(shown(stderr, [token, ...secretsOf(world)])).toEqual([]);
    expect(shown(fs.readFileSync(join(world.home.path, 'history'), 'utf8'), [token])).toEqual([]);
  });
});
