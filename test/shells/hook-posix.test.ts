import { afterAll, describe, expect, it } from 'vitest';
import { quotePosix } from '../../src/shells/posix';
import { callsScript, expectedCalls, SECRET, Stage, TEXT } from './hook-support';
import { isMissing, REAL_SHELLS } from './support';

const BOURNE = REAL_SHELLS.filter(({ takes }) => ['bash', 'zsh', 'sh'].includes(takes));
const INIT = 'eval "$(cat init)"\n';
const SHOW = 'printf "%s|%s|%s\\n" "$?" "${AWS_NEW-none}" "${AWS_OLD-none}"\n';

describe.each(BOURNE)('the function in $name', (shell) => {
  const missing = isMissing(shell);
  const stage = missing ? undefined : new Stage(shell);
  afterAll(() => stage?.remove());

  const run = (...args: Parameters<Stage['run']>) => {
    if (stage === undefined) throw new Error('skipped');
    const { status, stdout, stderr } = stage.run(...args);
    return { status, stdout: stdout.toString(), stderr, stage };
  };

  it.skipIf(missing)('sets and unsets, and runs nothing of a value', () => {
    const { stdout, stderr, stage } = run('code', `${INIT}tsawsume role -r\n${SHOW}`);
    expect([stdout, stderr]).toEqual([`0|${SECRET}|none\n`, '']);
    expect([stage.args(), stage.read('shell'), stage.canary]).toEqual([['role', '-r'], shell.takes, false]);
  });

  it.skipIf(missing)('changes nothing when the program fails, and says so by its code', () => {
    const { stdout, stderr } = run('fail', `${INIT}if tsawsume role; then echo bad; else ${SHOW} fi`);
    expect([stdout, stderr]).toEqual(['3|none|old\n', 'refused\n']);
    const or = run('fail', `${INIT}tsawsume role || ${SHOW}`);
    expect(or.stdout).toBe('3|none|old\n');
  });

  it.skipIf(missing)('answers 137 for a program that was killed, and 127 for one that is gone', () => {
    expect(run('killed', `${INIT}tsawsume role 2>/dev/null || ${SHOW}`).stdout).toMatch(
      /^(137|265)\|none\|old\n$/,
    );
    const gone = run(
      'code',
      `${INIT}P=$PATH PATH=/nowhere\ntsawsume role 2>/dev/null || { S=$? PATH=$P; echo "$S|\${AWS_NEW-none}|\${AWS_OLD-none}"; }`,
    );
    expect(gone.stdout).toBe('127|none|old\n');
  });

  it.skipIf(missing)('prints text and takes code from one call', () => {
    const { stdout } = run('text', `${INIT}tsawsume role -s\n${SHOW}`);
    expect(stdout).toBe(`${TEXT}0|${SECRET}|none\n`);
    expect(run('nothing', `${INIT}tsawsume\n${SHOW}`).stdout).toBe('0|none|old\n');
  });

  it.skipIf(missing)('passes stdin on', () => {
    const { stage } = run('stdin', `${INIT}tsawsume role --mfa-token -\n`, { input: '123456\n' });
    expect(stage.read('stdin')).toBe('123456\n');
  });

  it.skipIf(missing)('runs plain verbs and flags as the plain program, every word as it was', () => {
    const words = ['exec', '', ' a  b ', '*', '$(touch canary)', "it's", '--', '-x', 'ü', '\\'];
    const { stdout, stderr, stage } = run('plain', `${INIT}tsawsume "$@" || ${SHOW}`, { args: words });
    expect([stdout, stderr]).toEqual(['plain out\n7|none|old\n', 'plain err\n']);
    expect([stage.args(), stage.read('shell'), stage.canary]).toEqual([words, 'none', false]);
  });

  it.skipIf(missing)('tells a plain call from one that yields code', () => {
    const { stage, stderr } = run('nothing', INIT + callsScript(quotePosix));
    expect([stage.calls(), stderr]).toEqual([expectedCalls(shell.takes), '']);
  });

  it.skipIf(missing)('leaves no variable behind and every option as it was', () => {
    const list =
      shell.takes === 'bash' ? 'compgen -v' : "set | sed -n 's/^\\([A-Za-z_][A-Za-z_0-9]*\\)=.*/\\1/p'";
    const state = `{ { ${list}; set +o; } | grep -vE '^(_|AWS_NEW|AWS_OLD|PIPESTATUS|BASH.*|FUNCNAME|RANDOM|SECONDS|LINENO|.*=.*)$' || :; }`;
    const { stdout } = run(
      'code',
      `eval "$(cat init)"\n${state} >before\ntsawsume role\n${state} >after\nprintf x | tsawsume list >out\n${state} >last\ncmp before after && cmp before last && wc -l <before`,
    );
    expect(Number(stdout)).toBeGreaterThan(10);
  });

  it.skipIf(missing)('shows no secret to -x and -v, says nothing of its own, and leaves them on', () => {
    for (const option of ['x', 'v', 'xv']) {
      const { stdout, stderr } = run(
        'code',
        `${INIT}set -${option}\ntsawsume role\n: after\ncase $- in *${option[0] ?? ''}*) echo on; esac\n`,
      );
      expect(stdout).toBe('on\n');
      expect(stderr).not.toContain('s3cret');
      expect(stderr).not.toMatch(/eval|__tsawsume_code/);
      expect(stderr).toMatch(/: after/);
    }
  });

  it.skipIf(missing)('works with a strange IFS, with noglob, with -eu, as a condition', () => {
    const { stdout } = run(
      'code',
      `${INIT}set -f -e -u\nIFS='0123456789 -x/$\\n'\ntsawsume role x0 && ${SHOW}if ! tsawsume role; then echo bad; fi\nfalse || tsawsume\necho end`,
    );
    expect(stdout).toBe(`0|${SECRET}|none\nend\n`);
    const { stdout: failed } = run('fail', `${INIT}set -f -e -u\nIFS=0123456789\ntsawsume role || ${SHOW}`);
    expect(failed).toBe('3|none|old\n');
  });

  it.skipIf(missing)('is not misled by aliases', () => {
    const words = 'command printf eval set shift return local builtin tsawsume emulate';
    const on = shell.name.startsWith('bash') ? 'shopt -s expand_aliases\n' : '';
    const aliases = words.split(' ').map((word) => `alias ${word}='echo aliased'\n`);
    const { stdout, stderr } = run(
      'text',
      `${on}${aliases.join('')}\\eval "$(cat init)"\n\\tsawsume role\n\\printf "%s|%s\\n" "$AWS_NEW" "\${AWS_OLD-none}"\n`,
    );
    expect([stdout, stderr]).toEqual([`${TEXT}${SECRET}|none\n`, '']);
  });

  it.skipIf(missing)('starts a program whose words must be quoted', () => {
    const odd = new Stage(shell);
    odd.useOddProgram();
    const { stdout } = odd.run('code', `${INIT}tsawsume 'a b'\n${SHOW}`);
    expect(stdout.toString()).toBe(`0|${SECRET}|none\n`);
    expect([odd.args(), odd.canary]).toEqual([['a b'], false]);
    odd.remove();
  });
});
