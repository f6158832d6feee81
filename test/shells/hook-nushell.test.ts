import { afterAll, describe, expect, it } from 'vitest';
import { quoteNushell } from '../../src/shells/nushell';
import { callsScript, expectedCalls, SECRET, Stage, TEXT } from './hook-support';
import { isMissing, REAL_SHELLS, type RealShell } from './support';

const INIT = 'source init\n';
const SHOW = `print $"($env.AWS_NEW? | default 'none')|($env.AWS_OLD? | default 'none')"\n`;

const nu: RealShell = REAL_SHELLS.find(({ takes }) => takes === 'nushell') ?? {
  name: '',
  argv: [],
  takes: '',
};

describe('the command in nushell', () => {
  const missing = isMissing(nu);
  const stage = missing ? undefined : new Stage(nu);
  afterAll(() => stage?.remove());

  const run = (...args: Parameters<Stage['run']>) => {
    if (stage === undefined) throw new Error('skipped');
    const { status, stdout, stderr } = stage.run(...args);
    return { status, stdout: stdout.toString(), stderr, stage };
  };

  it.skipIf(missing)('sets and unsets, and runs nothing of a value', () => {
    const { stdout, stderr, stage } = run('code', `${INIT}tsawsume role -r\n${SHOW}`);
    expect([stdout, stderr]).toEqual([`${SECRET}|none\n`, '']);
    expect([stage.args(), stage.read('shell'), stage.canary]).toEqual([['role', '-r'], 'nushell', false]);
  });

  it.skipIf(missing)('changes nothing when the program fails, and says so by its code', () => {
    const { stdout, stderr } = run(
      'fail',
      `${INIT}try { tsawsume role }\nprint $env.LAST_EXIT_CODE\n${SHOW}`,
    );
    expect([stdout, stderr]).toEqual(['3\nnone|old\n', 'refused\n']);
    expect(run('fail', `${INIT}tsawsume role\nprint reached`)).toMatchObject({ status: 3, stdout: '' });
  });

  it.skipIf(missing)('prints text and takes code from one call', () => {
    expect(run('text', `${INIT}tsawsume role -s\n${SHOW}`).stdout).toBe(`${TEXT}${SECRET}|none\n`);
    expect(run('nothing', `${INIT}tsawsume\n${SHOW}`).stdout).toBe('none|old\n');
  });

  it.skipIf(missing)('passes stdin on, and what is piped into it', () => {
    const { stage } = run('stdin', `${INIT}tsawsume role --mfa-token -\n`, { input: '123456\n' });
    expect(stage.read('stdin')).toBe('123456\n');
    run('stdin', `${INIT}'012345' | tsawsume role --mfa-token -\n`);
    expect(stage.read('stdin')).toBe('012345');
  });

  it.skipIf(missing)('keeps words from being read as numbers, durations or paths', () => {
    const { stage } = run(
      'nothing',
      `${INIT}tsawsume role --mfa-token 012345 --role-duration 1h 10kb ~x '$x' -t a=b`,
    );
    const words = ['role', '--mfa-token', '012345', '--role-duration', '1h', '10kb', '~x', '$x', '-t', 'a=b'];
    expect(stage.args()).toEqual(words);
  });

  it.skipIf(missing)('runs plain verbs as the plain program, every word as it was', () => {
    const words = ['exec', '', ' a  b ', '*', '$(touch canary)', "it's", '--', '-x', 'ü', '\\'];
    const script = `${INIT}try { tsawsume ...(open --raw words | from json) } catch {|e| print $e.exit_code }\n${SHOW}`;
    stage?.write('words', JSON.stringify(words));
    const { stdout, stderr } = run('plain', script);
    expect([stdout, stderr]).toEqual(['plain out\n7\nnone|old\n', 'plain err\n']);
    expect([stage?.args(), stage?.read('shell'), stage?.canary]).toEqual([words, 'none', false]);
    stage?.write('words', JSON.stringify(['list']));
    expect(run('code', `${INIT}tsawsume list | lines | length | print $in`).stdout).toBe('1\n');
  });

  it.skipIf(missing)('tells a plain call from one that yields code', () => {
    const { stage, stderr } = run('nothing', INIT + callsScript(quoteNushell));
    expect([stage.calls(), stderr]).toEqual([expectedCalls('nushell'), '']);
  });

  it.skipIf(missing)('leaves no variable behind', () => {
    const names = '$env | columns | sort | to json --raw';
    const { stdout } = run('code', `${INIT}print (${names})\ntsawsume role\nprint (${names})\n`);
    const [before, after] = stdout.trim().split('\n');
    const drop = (text: string | undefined): string =>
      (text ?? '').replace(/"(AWS_NEW|AWS_OLD|LAST_EXIT_CODE)",/g, '');
    expect(drop(after)).toBe(drop(before));
  });

  it.skipIf(missing)('starts a program whose words must be quoted', () => {
    const odd = new Stage(nu);
    odd.useOddProgram();
    const { stdout, stderr } = odd.run('code', `${INIT}tsawsume 'a b'\n${SHOW}`);
    expect([stdout.toString(), stderr]).toEqual([`${SECRET}|none\n`, '']);
    expect([odd.args(), odd.canary]).toEqual([['a b'], false]);
    odd.remove();
  });
});
