import { afterAll, describe, expect, it } from 'vitest';
import { quoteFish } from '../../src/shells/fish';
import { callsScript, expectedCalls, SECRET, Stage, TEXT } from './hook-support';
import { isMissing, REAL_SHELLS, type RealShell } from './support';

const INIT = 'command cat init | source\n';
const SHOW =
  'set -l s $status; set -q AWS_NEW; or set -l AWS_NEW none; set -q AWS_OLD; or set -l AWS_OLD none; echo "$s|$AWS_NEW|$AWS_OLD"\n';

const fish: RealShell = REAL_SHELLS.find(({ name }) => name === 'fish') ?? {
  name: 'fish',
  argv: [],
  takes: '',
};

describe('the function in fish', () => {
  const missing = isMissing(fish);
  const stage = missing ? undefined : new Stage(fish);
  afterAll(() => stage?.remove());

  const run = (...args: Parameters<Stage['run']>) => {
    if (stage === undefined) throw new Error('skipped');
    const { status, stdout, stderr } = stage.run(...args);
    return { status, stdout: stdout.toString(), stderr, stage };
  };

  it.skipIf(missing)('sets and unsets, and runs nothing of a value', () => {
    const { stdout, stderr, stage } = run('code', `${INIT}tsawsume role -r\n${SHOW}`);
    expect([stdout, stderr]).toEqual([`0|${SECRET}|none\n`, '']);
    expect([stage.args(), stage.read('shell'), stage.canary]).toEqual([['role', '-r'], 'fish', false]);
  });

  it.skipIf(missing)('changes nothing when the program fails, and says so by its code', () => {
    const { stdout, stderr } = run('fail', `${INIT}tsawsume role\n${SHOW}`);
    expect([stdout, stderr]).toEqual(['3|none|old\n', 'refused\n']);
    expect(run('killed', `${INIT}tsawsume role 2>/dev/null; or ${SHOW}`).stdout).toBe('137|none|old\n');
    expect(run('code', `${INIT}set PATH /nowhere\ntsawsume role 2>/dev/null; or ${SHOW}`).stdout).toBe(
      '127|none|old\n',
    );
  });

  it.skipIf(missing)('prints text and takes code from one call, also with an empty IFS', () => {
    for (const ifs of ['', "set -g IFS ''\n"]) {
      const { stdout } = run('text', `${INIT}${ifs}tsawsume role -s\n${SHOW}`);
      expect(stdout).toBe(`${TEXT}0|${SECRET}|none\n`);
    }
    expect(run('nothing', `${INIT}tsawsume\n${SHOW}`, { input: 'left alone' }).stdout).toBe('0|none|old\n');
  });

  it.skipIf(missing)('passes stdin on', () => {
    const { stage } = run('stdin', `${INIT}tsawsume role --mfa-token -\n`, { input: '123456\n' });
    expect(stage.read('stdin')).toBe('123456\n');
    run('stdin', `${INIT}echo 654321 | tsawsume role --mfa-token -\n`);
    expect(stage.read('stdin')).toBe('654321\n');
  });

  it.skipIf(missing)('runs plain verbs as the plain program, every word as it was', () => {
    const words = ['exec', '', ' a  b ', '*', '$(touch canary)', "it's", '--', '-x', 'ü', '\\'];
    const { stdout, stderr, stage } = run('plain', `${INIT}tsawsume $argv\n${SHOW}`, { args: words });
    expect([stdout, stderr]).toEqual(['plain out\n7|none|old\n', 'plain err\n']);
    expect([stage.args(), stage.read('shell'), stage.canary]).toEqual([words, 'none', false]);
  });

  it.skipIf(missing)('tells a plain call from one that yields code', () => {
    const { stage, stderr } = run('nothing', INIT + callsScript(quoteFish));
    expect([stage.calls(), stderr]).toEqual([expectedCalls('fish'), '']);
  });

  it.skipIf(missing)('leaves no variable behind', () => {
    const { stdout } = run(
      'code',
      `${INIT}set -n | sort >before\ntsawsume role\nset -n | sort >after\ndiff before after`,
    );
    expect(stdout.match(/^[<>].*$/gm)).toEqual(['< AWS_OLD', '> AWS_NEW']);
  });

  it.skipIf(missing)('shows no secret to fish_trace, and leaves it on', () => {
    const { stderr } = run('code', `${INIT}set -g fish_trace 1\ntsawsume role\necho after >/dev/null\n`);
    expect(stderr).not.toContain('s3cret');
    expect(stderr).toContain('echo after');
  });

  it.skipIf(missing)('is not misled by functions named like what it uses', () => {
    const names = ['printf', 'string', 'source', 'contains', 'cat', 'test'].map(
      (name) => `function ${name}; echo misled; end\n`,
    );
    const { stdout } = run('text', `${INIT}${names.join('')}tsawsume role\n${SHOW}`);
    expect(stdout).toBe(`${TEXT}0|${SECRET}|none\n`);
  });

  it.skipIf(missing)('starts a program whose words must be quoted', () => {
    const odd = new Stage(fish);
    odd.useOddProgram();
    const { stdout } = odd.run('code', `${INIT}tsawsume 'a b'\n${SHOW}`);
    expect(stdout.toString()).toBe(`0|${SECRET}|none\n`);
    expect([odd.args(), odd.canary]).toEqual([['a b'], false]);
    odd.remove();
  });

  it.skipIf(missing)('erases a universal variable only where it would outvote the new identity', () => {
    const universal = `${INIT}set -e AWS_OLD; set -Ux AWS_OLD universal\n`;
    expect(run('code', `${universal}tsawsume role\n${SHOW}`).stdout).toBe(`0|${SECRET}|none\n`);
    if (stage === undefined) return;
    const code = stage.read('code');
    stage.write('code', 'set -eg AWS_OLD; or true\n');
    expect(run('code', `${universal}set -gx AWS_OLD mine\ntsawsume -u\n${SHOW}set -e AWS_OLD\n`).stdout).toBe(
      '0|none|universal\n',
    );
    stage.write('code', code);
  });
});
