import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerName, formatAnswer, parseAnswer } from '../../src/core/short-answer';
import { PROGRAM, run, World, type Result } from '../support/harness';
import { configOf, rewrite, settled } from '../support/own-lines';

/** What shells ask by themselves, which files of their own answer; seen as in short-runs.test.ts, in both builds. */
let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

describe('what a shell asks at every TAB', () => {
  const ask = (shell: string, words: readonly string[], env = {}): Promise<Result> =>
    world.run(['complete', shell, '--', ...words], { env });
  const forget = (): void => {
    for (const name of readdirSync(world.home.cache)) {
      if (name.startsWith('answer-')) rmSync(join(world.home.cache, name));
    }
  };
  const QUESTIONS: readonly (readonly [string, readonly string[]])[] = [
    ['bash', ['', 'tsawsume ']],
    ['bash', ['re', 'tsawsume re']],
    ['bash', ['reader', 'tsawsume reader']],
    ['bash', ['nobody-', 'tsawsume nobody-']],
    ['bash', ['.', 'tsawsume .']],
    ['bash', ['cli+', 'tsawsume cli+']],
    ['bash', ['', '  tsawsume   exec  ']],
    ['bash', ['de', '/usr/bin/tsawsume export de']],
    ['bash', ['re', "tsawsume 're"]],
    ['bash', ['re', 'X=1 tsawsume re']],
    ['bash', ['e', 'tsawsume r\\e']],
    ['bash', ['-', 'tsawsume -']],
    ['bash', ['--re', 'tsawsume --re']],
    ['bash', ['', 'tsawsume exec reader -- ']],
    ['bash', ['', 'tsawsume export --format ']],
    ['bash', ['', 'tsawsume --format=']],
    ['bash', ['', 'tsawsume reader ']],
    ['bash', ['re', 'tsawsume -s re']],
    ['zsh', ['']],
    ['zsh', ['re']],
    ['zsh', ['exec', '']],
    ['zsh', ['--', '']],
    ['zsh', ['-']],
    ['zsh', []],
    ['fish', ['re']],
    ['fish', ['assume', 're']],
    ['nushell', ['tsawsume re']],
    ['powershell', ['re']],
  ];

  it('is the same from memory as from the files', async () => {
    await settled(world);
    const fresh: Result[] = [];
    for (const [shell, words] of QUESTIONS) {
      fresh.push(await ask(shell, words));
      // No answer may be another question's.
      if (readdirSync(world.home.path).includes('.tsawsume')) forget();
    }
    const noted = await Promise.all(QUESTIONS.map(([shell, words]) => ask(shell, words)));
    const again = await Promise.all(QUESTIONS.map(([shell, words]) => ask(shell, words)));
    for (const [index, question] of QUESTIONS.entries()) {
      expect([question, noted[index]]).toEqual([question, fresh[index]]);
      expect([question, again[index]]).toEqual([question, fresh[index]]);
    }
    expect(fresh[0]?.stdout.split('\n')).toEqual(expect.arrayContaining(['reader', 'exec']));
  });

  it.each<[string, readonly string[]]>([
    ['bash', ['no', 'tsawsume no']],
    ['zsh', ['no']],
    ['fish', ['exec', 'no']],
  ])('%s: is kept until what it rests on changes', async (shell, words) => {
    await settled(world);
    const plain = await ask(shell, words);
    const path = join(
      world.home.cache,
      answerName(shell, words.length > 1 && shell === 'fish' ? ['exec'] : []),
    );
    const told = (): void =>
      rewrite(path, (text) => {
        const answer = parseAnswer(text);
        if (answer === undefined) throw new Error('no answer');
        return formatAnswer({ ...answer, text: `no-such-profile\n${answer.text}` });
      });
    const lines = async (env = {}): Promise<readonly string[]> =>
      (await ask(shell, words, env)).stdout.split('\n');
    told();
    expect(await lines()).toContain('no-such-profile');
    // Another place for the files, another region of ours, and less than a whole file.
    expect(await lines({ AWS_CONFIG_FILE: '/dev/null' })).not.toContain('no-such-profile');
    expect((await ask(shell, words)).stdout).toBe(plain.stdout);
    told();
    rewrite(path, (text) => text.slice(0, -1));
    expect((await ask(shell, words)).stdout).toBe(plain.stdout);
    told();
    rewrite(path, (text) => text.replace(/"version":"[^"]*"/, '"version":"0.0.0"'));
    expect((await ask(shell, words)).stdout).toBe(plain.stdout);
    told();
    appendFileSync(configOf(world), '[profile now]\nregion = x\n[profile nowhere]\n');
    const after = await lines();
    expect(after).toEqual(expect.arrayContaining(['now', 'nowhere']));
    expect(after).not.toContain('no-such-profile');
  });

  it('is not kept for bash where a name needs quotes', async () => {
    appendFileSync(configOf(world), '[profile with blank]\nregion = x\n');
    await settled(world);
    const runs = [await ask('bash', ['w', 'tsawsume w']), await ask('bash', ['w', 'tsawsume w'])];
    expect(runs.map(({ stdout }) => stdout.split('\n')[0])).toEqual([
      String.raw`with\ blank`,
      String.raw`with\ blank`,
    ]);
    expect((await ask('bash', ['w', 'tsawsume "w'])).stdout.split('\n')[0]).toBe('with blank');
    expect((await ask('zsh', [''])).stdout.split('\n')).toContain('with blank');
    expect((await ask('zsh', [''])).stdout.split('\n')).toContain('with blank');
  });

  it('is an error where it can not be written, kept or not', async () => {
    await settled(world);
    const ask = [...PROGRAM, 'complete', 'zsh', '--', ''];
    const full = (): Promise<Result> =>
      run(['sh', '-c', '"$@" > /dev/full', 'sh', ...ask], { env: world.env });
    const bare = await full();
    expect([bare.code, bare.stderr.includes('ENOSPC')]).toEqual([1, true]);
    await world.run(['complete', 'zsh', '--', '']);
    expect(readdirSync(world.home.cache)).toContain(answerName('zsh', []));
    expect(await full()).toEqual(bare);
  });
});

describe('what a prompt asks at every line', () => {
  const EXPIRES = '2099-01-02T03:04:05Z';
  it.each<[string, Record<string, string>]>([
    [
      '{profile} {region} {left} {expires}',
      { TSAWSUME_PROFILE: 'x', AWS_REGION: 'r', AWS_CREDENTIAL_EXPIRATION: EXPIRES },
    ],
    ['{profile}{nothing}', { TSAWSUME_PROFILE: 'x' }],
    ['{left}', { TSAWSUME_PROFILE: 'x', AWS_CREDENTIAL_EXPIRATION: '2001-01-01T00:00:00Z' }],
    [
      '{region}|{left}|{expires}',
      { TSAWSUME_PROFILE: 'x', AWS_DEFAULT_REGION: 'd', AWS_CREDENTIAL_EXPIRATION: 'soon' },
    ],
    ['{profile}', {}],
    ['', { TSAWSUME_PROFILE: 'x' }],
    ['-{profile}', { TSAWSUME_PROFILE: '$(id) é' }],
    ['{profile}', { TSAWSUME_PROFILE: 'x', TSAWSUME_SHELL: 'bash' }],
    ['{profile}', { TSAWSUME_PROFILE: 'x', TSAWSUME_SHELL: 'no shell' }],
  ])('%j is the same, however it is asked', async (format, env) => {
    const short = await world.run(['status', '--format', format], { env });
    const long = await world.run(['status', `--format=${format}`], { env });
    expect(short).toEqual(long);
  });
});
