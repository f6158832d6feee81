import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Pty, discard, pause, program, stateOf, until } from './pty';
import { quoted, RUNTIME } from '../support/program';

const SOURCE = `
  import { runCommand } from './src/io/exec';
  const [, , command, ...args] = process.argv;
  const options = { platform: process.platform, warn: (line) => process.stderr.write(line + '\\n') };
  runCommand(command, args, { ...process.env, GIVEN: 'yes' }, options).then((code) => { process.exitCode = code; });
`;
let file = '';
let pty: Pty | undefined;
beforeAll(() => {
  file = program(SOURCE);
});
afterAll(() => discard(file));
afterEach(() => pty?.close());

/** The command that runs it, as words and for a shell. */
const words = (...args: string[]): string[] => [...RUNTIME, file, ...args];
const own = (): string => quoted(words());
const run = (args: string[], input = '') =>
  spawnSync('env', words(...args), { encoding: 'utf8', input, timeout: 10_000 });
const sh = (script: string) => run(['sh', '-c', script]);

/** Counts the signals it gets, and says so; ends with us, since no signal of the terminal's end will end it. */
const COUNTING = `
  for s in INT QUIT TERM HUP USR1 USR2; do trap "echo got-$s" $s; done
  echo counting-$$; while kill -0 $PPID 2>/dev/null; do sleep 0.05; done`;

describe('a command', () => {
  it('has our streams, its environment, and its own exit code', () => {
    const result = run(['sh', '-c', 'cat; echo $GIVEN >&2; exit 7'], 'input');
    expect(result).toMatchObject({ status: 7, stdout: 'input', stderr: 'yes\n' });
  });

  it('gets its arguments as they are', () => {
    expect(run(['printf', '%s|', 'a b', '$HOME', '*', '', "'"]).stdout).toBe("a b|$HOME|*||'|");
  });

  it.each([
    ['nonesuch-command', 127, 'nonesuch-command: command not found\n'],
    ['/etc/passwd', 126, "/etc/passwd: can't be executed (EACCES)\n"],
    ['/tmp', 126, "/tmp: can't be executed (EACCES)\n"],
    ['/etc/passwd/x', 126, "/etc/passwd/x: can't be executed (ENOTDIR)\n"],
  ])('%s gives %i', (command, status, stderr) => {
    expect(run([command])).toMatchObject({ status, stderr });
  });

  it.each(['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGHUP', 'SIGUSR1', 'SIGPIPE', 'SIGALRM'])(
    'that %s ends, ends us by the same',
    (signal) => {
      expect(sh(`kill -${signal.slice(3)} $$`).signal).toBe(signal);
    },
  );

  it.each([
    ['SEGV', 139],
    ['QUIT', 131],
    ['ABRT', 134],
  ])('that SIG%s ends gives %i: we leave no core', (signal, status) => {
    expect(sh(`ulimit -c 0; kill -${signal} $$`)).toMatchObject({ signal: null, status });
  });

  it('runs with few file descriptors left', () => {
    // Node itself needs about twenty.
    const result = spawnSync('bash', ['-c', `ulimit -n 20; ${own()} echo hello`], {
      encoding: 'utf8',
    });
    expect(result.stdout + result.stderr).toMatch(/^(hello|echo could not be started.*|.*EMFILE.*)\n$/s);
  });
});

describe('signals sent to us', () => {
  it.each(['TERM', 'HUP', 'USR1', 'USR2', 'INT', 'QUIT'] as const)(
    'SIG%s reaches it, without a terminal',
    async (name) => {
      pty = new Pty('setsid', ['--wait', ...words('bash', '-c', COUNTING)]);
      await pty.shows('counting-');
      const ours = Number(
        execFileSync('pgrep', ['-f', `^${RUNTIME.at(-1) ?? ''} ${file}`], { encoding: 'utf8' }).trim(),
      );
      process.kill(ours, `SIG${name}`);
      await pty.shows(`got-${name}`);
      process.kill(Number(/counting-(\d+)/.exec(pty.screen)?.[1]), 'SIGKILL');
      await until(() => stateOf(ours) === undefined, 'its end');
    },
  );

  it.each(['TERM', 'HUP', 'USR1', 'USR2'] as const)('SIG%s reaches it at a terminal', async (name) => {
    pty = new Pty('env', words('bash', '-c', COUNTING));
    await pty.shows('counting-');
    process.kill(pty.pid, `SIG${name}`);
    await pty.shows(`got-${name}`);
  });
});

describe('at a terminal', () => {
  it.each([
    ['Ctrl-C', '\u0003', 'INT'],
    ['Ctrl-\\', '\u001c', 'QUIT'],
  ])('%s reaches it once, and we wait for what it does', async (_, key, name) => {
    pty = new Pty('env', words('bash', '-c', COUNTING));
    await pty.shows('counting-');
    pty.type(key);
    await pty.shows(`got-${name}`);
    pty.type('\r');
    process.kill(pty.pid, 'SIGUSR1');
    await pty.shows('got-USR1');
    expect(pty.screen.split(`got-${name}`)).toHaveLength(2);
  });

  it('Ctrl-C ends a command that does not handle it, and the script around it', async () => {
    const script = `${own()} sh -c 'echo run""ning; exec sleep 30'; echo not reached`;
    pty = new Pty('bash', ['-c', script]);
    await pty.shows('running');
    // A shell that has only just started something may miss the key, also without us.
    await pause(200);
    pty.type('\u0003');
    const { signal } = await pty.ended;
    expect(signal).toBe(2);
    expect(pty.screen).not.toContain('not reached');
  });

  it('Ctrl-Z stops both, and fg continues both', async () => {
    pty = new Pty('bash', ['--norc', '--noprofile', '-i']);
    await pty.shows('ready> ');
    pty.type(`${own()} sh -c 'echo pid=$$ ppid=$PPID; cat; exit 5'\r`);
    await pty.shows(/pid=\d+ ppid=\d+/);
    const [, pid, ppid] = (/pid=(\d+) ppid=(\d+)/.exec(pty.screen) ?? []).map(Number);
    pty.type('\u001a');
    let mark = await pty.shows('Stopped');
    await until(() => stateOf(pid ?? 0) === 'T' && stateOf(ppid ?? 0) === 'T', 'the stop of both');
    pty.type('fg\r');
    await until(() => stateOf(pid ?? 0) !== 'T' && stateOf(ppid ?? 0) !== 'T', 'the going on of both');
    pty.type('echoed by cat\r');
    mark = await pty.shows(/echoed by cat\r\nechoed by cat/, mark);
    pty.type('\u0004');
    mark = await pty.shows('ready> ', mark);
    pty.type('echo code=$?\r');
    await pty.shows('code=5', mark);
  });

  it('a shell inside has its own job control, and gives the terminal back', async () => {
    pty = new Pty('bash', ['--norc', '--noprofile', '-i']);
    await pty.shows('ready> ');
    // The echo of what is typed must not look like what is waited for: hence the quotation marks in the middle.
    pty.type(`PS1='inner''> ' ${own()} bash --norc --noprofile -i\r`);
    let mark = await pty.shows('inner> ');
    await pause(100);
    pty.type('echo run""ning; sleep 30\r');
    mark = await pty.shows('running', mark);
    await pause(100);
    pty.type('\u0003');
    mark = await pty.shows('inner> ', mark);
    await pause(100);
    pty.type('exit 3\r');
    mark = await pty.shows('ready> ', mark);
    await pause(100);
    pty.type('echo code=$?\r');
    await pty.shows('code=3', mark);
  });
});
