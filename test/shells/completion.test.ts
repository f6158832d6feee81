import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { readBashLine } from '../../src/shells/bash-line';
import { completionNamed, COMPLETION_SHELLS } from '../../src/shells/completions';
import { isNotThere } from '../support/programs';
import { CompletionStage, NAMES } from './completion-support';
import { hostileValues } from './hostile';
import { GRAMMAR } from './support';

const HOSTILE = hostileValues(1500, 7).filter(
  (value) => value !== '' && !/[\0\r\n]/.test(value) && value.length < 1000,
);
const run = (command: readonly string[], stage: CompletionStage, input = '') => {
  const [program = '', ...args] = command;
  return spawnSync(program, args, {
    cwd: stage.dir,
    env: stage.env,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
};
const stage = new CompletionStage([...NAMES, '-dash', 'list', 'esc\u001b[2J']);
afterAll(() => stage.remove());
const complete = (...words: string[]): string[] =>
  run(['tsawsume', 'complete', ...words], stage)
    .stdout.split('\n')
    .slice(0, -1);
const onlyValues = (lines: readonly string[]): string[] => lines.map((line) => line.split('\t')[0] ?? '');

it.each(COMPLETION_SHELLS)('the script for %s', async (name) => {
  const script = completionNamed(name)?.script(['tsawsume'], GRAMMAR);
  await expect(script).toMatchFileSnapshot(`snapshots/${name}.completion.txt`);
});

describe('what is offered', () => {
  it('every profile and every verb at the start; nothing that a terminal obeys, no flag, nothing twice', () => {
    const offered = onlyValues(complete('fish', '--', ''));
    expect(offered).toEqual(expect.arrayContaining([...NAMES, 'assume', 'list', 'completion']));
    expect(offered.filter((word) => word === 'list')).toHaveLength(1);
    expect(offered).not.toContain('complete');
    expect(offered).not.toContain('-dash');
    expect(offered.join('')).not.toContain('\u001b');
  });

  it.each([
    [['assume', ''], 'list', true],
    [['assume', ''], 'assume', false],
    [['--', ''], '-dash', true],
    [['--', ''], 'assume', false],
    [['-r', '--region', 'list', ''], 'assume', true],
    [['--region', ''], 'list', false],
    [['export', '--format', ''], 'windows-cmd', true],
    [['status', '--format', ''], 'json', false],
    [['--source-profile', ''], 'my app', true],
    [['my app', ''], 'my app', false],
    [['my app', '-'], '--mfa-token', true],
    [['list', '-'], '--more', true],
    [['list', '-'], '--mfa-token', false],
    [['-l', ''], 'more', true],
    [['-o', ''], 'written by us', true],
    [['-o', ''], 'my app', false],
    [['--session-name', ''], 'written by us', false],
    [['config', ''], 'reset', true],
    [['config', 'get', ''], 'fuzzy-match', true],
    [['config', 'set', 'fuzzy-match', ''], 'fuzzy-match', false],
    [['init', ''], 'nushell', true],
    [['exec', ''], 'my app', true],
    [['--config-file', '/dev/null', ''], 'my app', false],
  ])('after %j: %s %s', (words, value, expected) => {
    expect(onlyValues(complete('fish', '--', ...words)).includes(value)).toBe(expected);
  });

  it.each([[['exec', 'my app', '--', '']], [['export', '--output', '']], [['--config-file', '']]])(
    'files after %j',
    (words) => {
      expect(complete('zsh', '--', ...words)).toEqual(['\tfiles']);
    },
  );

  it('nothing, and no error, for files that are broken', () => {
    const { stdout } = run(
      ['env', `AWS_CONFIG_FILE=${stage.dir}`, 'tsawsume', 'complete', 'bash', '--', '', 'tsawsume '],
      stage,
    );
    expect(stdout).toBe('');
  });
});

describe('bash', () => {
  it.each([
    ["tsawsume 'my a", ['tsawsume'], 'my a', 'single'],
    ['tsawsume "my \\$a', ['tsawsume'], 'my $a', 'double'],
    ['tsawsume my\\ a', ['tsawsume'], 'my a', 'none'],
    ['tsawsume "my "a\'b\'', ['tsawsume'], 'my ab', 'none'],
    ['cd x && tsawsume $(a', [], 'a', 'none'],
    ['tsawsume -r ', ['tsawsume', '-r'], '', 'none'],
    ['tsawsume "" x', ['tsawsume', ''], 'x', 'none'],
    ["tsawsume $'a\\'b", ['tsawsume'], "a'b", 'ansi'],
    ['tsawsume x\\', ['tsawsume'], 'x', 'none'],
  ])('reads %j', (line, words, current, quote) => {
    expect(readBashLine(line)).toMatchObject({ words, current, quote });
  });

  it.skipIf(isNotThere('bash')).each([
    ['', ''],
    ["'", "'"],
    ['"', '"'],
  ])('reads back as the very name what is put after %j', (open, close) => {
    const shell = completionNamed('bash');
    const written = HOSTILE.map((value) => {
      const text = (shell?.render([{ value }], ['', `tsawsume ${open}`]) ?? '').slice(0, -1);
      // As readline does: it closes the quote, unless the text ends in that character.
      return open + text + (close !== '' && text.endsWith(close) ? '' : close);
    });
    writeFileSync(join(stage.dir, 'words'), `${written.join('\n')}\n`);
    const script = `while IFS= read -r line; do eval "word=$line"; printf '%s\\0' "$word"; done < words`;
    const { stdout } = run(['bash', '--norc', '-c', script], stage);
    expect(stdout.split('\0').slice(0, -1)).toEqual(HOSTILE);
    expect(stage.canary).toBe(false);
  });

  it.skipIf(isNotThere('bash'))('the function alone, called with COMP_WORDS, under -eu', () => {
    const script = `set -eu; eval "$(tsawsume completion bash)"; COMP_WORDS=(tsawsume assume "$1"); COMP_CWORD=2; COMPREPLY=(); __tsawsume_complete tsawsume "$1" assume; printf '%s\\n' "\${COMPREPLY[@]}"`;
    expect(run(['bash', '--norc', '-c', script, 'x', 'my'], stage).stdout).toBe('my\\ app\n');
    const all = run(['bash', '--norc', '-c', script, 'x', ''], stage).stdout;
    expect(all).toContain('\\$\\(touch\\ canary\\)\n');
    expect(stage.canary).toBe(false);
  });
});

it.skipIf(isNotThere('fish'))('fish gives every name to complete -C, and inserts it quoted', () => {
  const script = `tsawsume completion fish | source; complete -C 'tsawsume assume '`;
  const { stdout } = run(['fish', '--no-config', '-c', script], stage);
  expect(stdout.split('\n')).toEqual(expect.arrayContaining([...NAMES]));
  expect(stage.canary).toBe(false);
});

describe('nushell', () => {
  const nu = 'nu';
  const nothing = isNotThere(nu);
  const source = (): void =>
    writeFileSync(join(stage.dir, 'c.nu'), run(['tsawsume', 'completion', 'nushell'], stage).stdout);
  const nuRun = (script: string) => run([nu, '--no-config-file', '-c', `source c.nu\n${script}`], stage);

  it.skipIf(nothing)('the completer gives every name, quoted so that it comes back as it is', () => {
    source();
    const line = 'tsawsume assume ';
    const asked = nuRun(
      `nu-complete tsawsume '${line}' ${String(line.length)} | get completions.value | to json`,
    );
    const values: unknown = JSON.parse(asked.stdout);
    if (!Array.isArray(values)) throw new TypeError(asked.stderr);
    expect(values.length).toBeGreaterThan(NAMES.length);
    const back = nuRun(`[${values.join(' ')}] | each {|word| $word | into string} | to json`);
    expect(JSON.parse(back.stdout)).toEqual(expect.arrayContaining([...NAMES]));
    expect(stage.canary).toBe(false);
  });

  it.skipIf(nothing)('has the command itself, too, and reads words in every kind of quotes', () => {
    source();
    expect(nuRun(`tsawsume list --json`).status).toBe(0);
    expect(stage.args()).toEqual(['list', '--json']);
    for (const typed of ["'my a", '`my a', '"my a', "r#'my a"])
      expect(completionNamed('nushell')?.typed([`tsawsume -r ${typed}`])).toEqual({
        before: ['-r'],
        current: 'my a',
      });
  });
});

it('powershell gets words that it reads as themselves', () => {
  const shell = completionNamed('powershell');
  const lines = shell?.render([{ value: "it's $(x)" }, { value: 'plain-one', about: 'what' }], ['']);
  expect(lines).toBe(`'it''s $(x)'\tit's $(x)\tit's $(x)\nplain-one\tplain-one\twhat\n`);
});

it('quotes for its own shell, not for another', () => {
  expect(complete('bash', '--', 'my', 'tsawsume my')).toEqual(['my\\ app']);
  expect(complete('zsh', '--', 'my')).toContain('my app');
});
