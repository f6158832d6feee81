import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Pty, discard, pause, program, stateOf, until } from './pty';
import { quoted, RUNTIME } from '../support/program';
import { isNotThere } from '../support/programs';

const SOURCE = `
  import { openPrompt } from './src/io/prompt';
  import { TsawsumeError } from './src/errors';
  const again = process.env.AGAIN;
  const question = { profile: process.env.NAME ?? 'cli-role', serial: 'arn:aws:iam::123456789012:mfa/dev', ...(again && { again }) };
  const prompt = openPrompt({ platform: process.platform, env: process.env });
  if (process.argv[2] === 'possible') console.log(prompt.possible);
  else prompt.ask(question).then(
    (code) => process.stdout.write('<' + code + '>\\n'),
    (error) => {
      process.stderr.write('[' + (error instanceof TsawsumeError ? error.kind : String(error.stack)) + ']\\n');
      process.exitCode = error.exitCode ?? 99;
    },
  );
`;
const QUESTION = 'MFA code for cli-role (arn:aws:iam::123456789012:mfa/dev): ';

let file = '';
let pty: Pty | undefined;
/** The command that runs it, as words and for a shell. */
const words = (...args: string[]): string[] => [...RUNTIME, file, ...args];
const own = (): string => quoted(words());
beforeAll(() => {
  file = program(SOURCE);
});
afterAll(() => discard(file));
afterEach(() => pty?.close());

/** The prompt in a terminal of its own, after the question is shown, with the modes from before. */
async function asked(env: Record<string, string> = {}): Promise<{ pty: Pty; modes: string }> {
  // The shell stays, so that the terminal outlives the program and can be looked at.
  const script = `echo ready; read -r go; ${own()}; echo "code=$?"; read -r end`;
  pty = new Pty('bash', ['-c', script], env);
  await pty.shows('ready');
  const modes = pty.modes();
  pty.type('\r');
  await pty.shows('mfa/dev)');
  await until(() => pty?.modes() !== modes, 'raw mode');
  return { pty, modes };
}

const childOf = (parent: number): number =>
  Number(
    execFileSync('pgrep', ['-P', String(parent)], { encoding: 'utf8' })
      .trim()
      .split('\n')[0],
  );

describe('an answer', () => {
  it('is shown as it is typed, trimmed, and leaves the terminal as it was', async () => {
    const { pty, modes } = await asked();
    expect(pty.screen).toContain(QUESTION.trim());
    pty.type('123 ');
    await pty.shows('123');
    pty.type('\u007f456\r');
    await pty.shows('<123456>');
    await pty.shows('code=0');
    expect(pty.modes()).toBe(modes);
  });

  it('may be anything: who asked judges it', async () => {
    const { pty } = await asked();
    pty.type('\r');
    await pty.shows('<>');
  });

  it('shows above why it is asked again, and nothing a terminal would obey', async () => {
    const { pty } = await asked({ AGAIN: 'that code was refused\u001b[2J', NAME: 'evil\u202e\u0007' });
    expect(pty.screen).toMatch(/that code was refused\\x1b\[2J\r\n.*MFA code for evil\\u202e\\x07 \(arn/s);
    expect(pty.screen).not.toContain('\u0007');
    pty.type('1\r');
    await pty.shows('code=0');
  });

  it('may be typed ahead', async () => {
    pty = new Pty('bash', ['-c', `echo ready; read -r go; sleep 0.3; ${own()}`]);
    await pty.shows('ready');
    pty.type('\r');
    await pause(100);
    pty.type('654321\n');
    await pty.shows('<654321>');
  });

  describe.each(['bash', 'zsh', 'dash'])('through $(…) of %s', (shell) => {
    it.skipIf(isNotThere(shell))('comes with pipes on stdin, stdout and stderr', async () => {
      const script = `x=$(echo piped | ${own()} 2>&1 | cat); echo "got $x"`;
      pty = new Pty(shell, ['-c', script]);
      await pty.shows('mfa/dev)');
      await pause(50);
      pty.type('111222\r');
      await pty.shows('got <111222>');
    });
  });
});

describe('no answer', () => {
  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
    ['Ctrl-C after digits', '123\u0003'],
  ])('%s cancels', async (_, keys) => {
    const { pty, modes } = await asked();
    pty.type(keys);
    await pty.shows('[cancelled]');
    await pty.shows('code=130');
    expect(pty.modes()).toBe(modes);
  });

  it('SIGINT cancels', async () => {
    const { pty, modes } = await asked();
    process.kill(childOf(pty.pid), 'SIGINT');
    await pty.shows('code=130');
    expect(pty.modes()).toBe(modes);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s ends it by that signal, with the terminal restored', async (signal, code) => {
    const { pty, modes } = await asked();
    process.kill(childOf(pty.pid), signal);
    await pty.shows(`code=${String(code)}`);
    expect(pty.modes()).toBe(modes);
  });

  it('Ctrl-\\ ends it as SIGQUIT', async () => {
    const { pty, modes } = await asked();
    pty.type('\u001c');
    await pty.shows('code=131');
    expect(pty.modes()).toBe(modes);
  });

  it.each([
    ['', 1],
    ['also when what started it ignores SIGHUP', 129],
  ])('a terminal that goes away ends it as SIGHUP %s', (how, status) => {
    const script = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0: os.execvp(sys.argv[1], sys.argv[1:])
seen = b''
while b'mfa/dev)' not in seen: seen += os.read(fd, 1000)
os.close(fd)
end = os.waitpid(pid, 0)[1]
print(os.WTERMSIG(end) if os.WIFSIGNALED(end) else os.WEXITSTATUS(end))`;
    const command = words();
    const nohup = ['sh', '-c', 'trap "" HUP; "$@"; exit $?', 'sh', ...command];
    const args = ['-c', script, ...(how === '' ? command : nohup)];
    const run = spawnSync('python3', args, { encoding: 'utf8', timeout: 10_000 });
    expect(run.stdout.trim()).toBe(String(status));
  });
});

describe('Ctrl-Z', () => {
  it('stops really, gives the terminal back, and fg asks on', async () => {
    pty = new Pty('bash', ['--norc', '--noprofile', '-i']);
    await pty.shows('ready> ');
    const start = pty.screen.length;
    pty.type(`${own()}; echo code=$?\r`);
    await pty.shows('mfa/dev)', start);
    await pause(100);
    pty.type('12');
    await pty.shows(': 12', start);
    pty.type('\u001a');
    let mark = await pty.shows('Stopped', start);
    pty.type('echo al""ive; stty -a | grep -o " icanon"\r');
    mark = await pty.shows(' icanon', mark);
    expect(pty.screen).toContain('alive');
    pty.type('fg\r');
    mark = await pty.shows(`${QUESTION}12`, mark);
    pty.type('3456\r');
    await pty.shows('<123456>', mark);
  });

  it('as a signal stops it with the modes restored, and CONT asks on', async () => {
    const { pty, modes } = await asked();
    const child = childOf(pty.pid);
    process.kill(child, 'SIGTSTP');
    await until(() => stateOf(child) === 'T', 'the stop');
    expect(pty.modes()).toBe(modes);
    const mark = pty.screen.length;
    process.kill(child, 'SIGCONT');
    await pty.shows(QUESTION, mark);
    pty.type('123456\r');
    await pty.shows('<123456>');
    expect(pty.modes()).toBe(modes);
  });

  it('asks on after a stop that nobody can catch', async () => {
    const { pty, modes } = await asked();
    const child = childOf(pty.pid);
    process.kill(child, 'SIGSTOP');
    await until(() => stateOf(child) === 'T', 'the stop');
    execFileSync('stty', ['sane', '-F', `/proc/${String(child)}/fd/0`]);
    const mark = pty.screen.length;
    process.kill(child, 'SIGCONT');
    await pty.shows(QUESTION, mark);
    pty.type('123456\r');
    await pty.shows('<123456>');
    expect(pty.modes()).toBe(modes);
  });

  const INTERACTIVE: readonly (readonly [string, readonly string[]])[] = [
    ['bash', ['--norc', '--noprofile', '-i']],
    ['zsh', ['-f', '-i']],
    ['fish', ['--no-config', '-i']],
  ];
  describe.each(INTERACTIVE)('in $(…) of %s', (shell, args) => {
    it.skipIf(isNotThere(shell))('does nothing: nobody could say fg', async () => {
      pty = new Pty('bash', ['-c', `"${shell}" ${args.join(' ')}; echo over`]);
      await pause(700);
      pty.type(shell === 'fish' ? `set x (${own()})\r` : `x=$(${own()})\r`);
      await pty.shows('mfa/dev)');
      await pause(200);
      pty.type('\u001a');
      await pause(300);
      pty.type('123456\r');
      await pause(300);
      const mark = pty.screen.length;
      pty.type('echo "got"$x\r');
      await pty.shows('got<123456>', mark);
    });
  });
});

describe('possible', () => {
  const possible = (command: string, args: string[]): string =>
    spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).stdout.trim();

  it('is true at a terminal, whatever the streams are', async () => {
    pty = new Pty('bash', ['-c', `${own()} possible </dev/null 2>/dev/null | cat`]);
    await pty.shows('true');
  });

  it('is false without a terminal, and asking says that nobody is there', () => {
    expect(possible('setsid', ['--wait', ...words('possible')])).toBe('false');
    const run = spawnSync('setsid', ['--wait', ...words()], { encoding: 'utf8', timeout: 5000 });
    expect(run.stderr).toBe('[needs-person]\n');
    expect(run.status).toBe(4);
  });
});

it('leaves nothing behind that keeps the process alive', async () => {
  const { pty } = await asked();
  const child = childOf(pty.pid);
  pty.type('123456\r');
  await pty.shows('<123456>');
  const since = Date.now();
  await until(() => stateOf(child) === undefined, 'its end');
  expect(Date.now() - since).toBeLessThan(1000);
});
