import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOutput } from '../../src/io/output';
import { loadPalette, openPeople, wantsColors } from '../../src/io/people';
import { plain } from '../../src/core/palette';
import { discard, program } from './pty';
import { quoted, RUNTIME } from '../support/program';

const SOURCE = `
  import { openOutput } from './src/io/output';
  import { openPeople } from './src/io/people';
  const [, , what, size] = process.argv;
  const people = openPeople();
  try {
    if (what === 'write') openOutput().write('é'.repeat(Number(size)));
    if (what === 'say') { people.say('hello'); process.stdout.write('on it goes'); }
  } catch (error) {
    process.exitCode = error.exitCode;
    people.warn(error.message);
  }
`;
let file = '';
let folder = '';
beforeAll(() => {
  file = program(SOURCE);
  folder = mkdtempSync(join(tmpdir(), 'tsawsume-test-'));
});
afterAll(() => {
  discard(file);
  rmSync(folder, { recursive: true });
});

const bash = (script: string) =>
  spawnSync('bash', ['-c', script.replaceAll('PROGRAM', quoted([...RUNTIME, file]))], {
    encoding: 'utf8',
  });

/** What is told to a file instead of to stderr. */
function told(tell: (people: ReturnType<typeof openPeople>) => void): string {
  const path = join(folder, 'stderr');
  const fd = openSync(path, 'w');
  tell(openPeople({ fd }));
  closeSync(fd);
  return readFileSync(path, 'utf8');
}

describe('stdout', () => {
  it('is written whole into a slow pipe', () => {
    expect(bash('PROGRAM write 1000000 | (sleep 0.2; wc -c)').stdout.trim()).toBe('2000000');
  });

  it('is written whole into a pipe that somebody else made non-blocking', () => {
    const script = `
import os, subprocess, sys, time
r, w = os.pipe()
os.set_blocking(w, False)
child = subprocess.Popen(sys.argv[1:], stdout=w)
os.close(w)
time.sleep(0.3)
size = 0
while True:
    got = os.read(r, 65536)
    if not got: break
    size += len(got)
print(size, child.wait())`;
    const args = ['-c', script, ...RUNTIME, file, 'write', '1000000'];
    expect(execFileSync('python3', args, { encoding: 'utf8' }).trim()).toBe('2000000 0');
  });

  it('that is full is a failure, told in one line', () => {
    const run = bash('PROGRAM write 3 >/dev/full');
    expect(run.status).toBe(1);
    expect(run.stderr).toBe(
      'tsawsume: the output could not be written (ENOSPC: no space left on the device)\n',
    );
  });

  it('that nobody reads is a failure', () => {
    expect(bash('{ PROGRAM write 1000000; echo "code=$?" >&2; } | true').stderr).toMatch(/EPIPE.*\ncode=1\n/);
  });

  it('knows that it is no terminal', () => {
    const fd = openSync(join(folder, 'stdout'), 'w');
    expect(openOutput(fd).isTerminal).toBe(false);
    expect(openOutput(fd).columns).toBeUndefined();
    closeSync(fd);
  });
});

describe('stderr', () => {
  it('has plain lines for answers and named ones for warnings', () => {
    expect(
      told((people) => {
        people.say('an answer');
        people.warn('a warning');
        people.info('not asked for');
        people.debug('not asked for');
      }),
    ).toBe('an answer\ntsawsume: a warning\n');
  });

  it('has more with --info, and all with --debug', () => {
    const all = (people: ReturnType<typeof openPeople>): void => {
      people.info('info');
      people.debug('detail');
    };
    expect(told((people) => all(Object.assign(people, { level: 'info' })))).toBe('info\n');
    expect(told((people) => all(Object.assign(people, { level: 'debug' })))).toBe('info\ndebug: detail\n');
  });

  it('shows what a terminal would obey, also between colours', async () => {
    const palette = await loadPalette(true);
    expect(told((people) => people.warn('a\u001b[2J\n\u202eb'))).toBe('tsawsume: a\\x1b[2J\\x0a\\u202eb\n');
    const coloured = told((people) => {
      people.useColors(palette);
      people.warn('a\u001b[2J');
    });
    expect(coloured).toBe('\u001b[33mtsawsume: a\\x1b[2J\u001b[39m\n');
  });

  it.each(['2>/dev/full', '2>&-', '2> >(true)'])('that takes nothing (%s) does not end the run', (how) => {
    const run = bash(`PROGRAM say ${how}`);
    expect(run.stdout).toBe('on it goes');
    expect(run.status).toBe(0);
  });
});

describe('colours', () => {
  it.each([
    [true, {}, undefined, true],
    [true, {}, false, false],
    [false, {}, true, false],
    [true, { NO_COLOR: '1' }, true, false],
    [true, { NO_COLOR: '' }, undefined, true],
    [true, { TERM: 'dumb' }, undefined, false],
  ] as const)('terminal %s, %j, setting %s: %s', (isTerminal, env, setting, wanted) => {
    expect(wantsColors(isTerminal, env, setting)).toBe(wanted);
  });

  it('that are off load nothing', async () => {
    expect(await loadPalette(false)).toBe(plain);
  });
});
