import { appendFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerName, formatAnswer, parseAnswer } from '../../src/core/short-answer';
import { formatWay, parseWay, wayName } from '../../src/core/short-way';
import { PROGRAM, run, World, type Result } from '../support/harness';
import { untilSettled } from '../support/settled';

/*
 * The lines that files of their own answer, in both builds. That they do is seen by what they answer once their memory
 * has been tampered with; test/acceptance/short-way-*.test.ts has what the npm build alone can be seen to do.
 */
let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const settled = (): Promise<void> => untilSettled(config(), join(world.home.path, '.aws/credentials'));
const config = (): string => join(world.home.path, '.aws/config');
const change = (path: string, to: (text: string) => string): void =>
  writeFileSync(path, to(readFileSync(path, 'utf8')), { mode: 0o600 });

/** Tampers with a way. */
const elsewhere = (text: string): string => {
  const way = parseWay(text, 'reader');
  if (way === undefined) throw new Error('no way');
  return formatWay({ ...way, region: 'xx-test-1' });
};

describe('a profile’s name', () => {
  it('takes the way that was noted, until a file changes', async () => {
    const path = join(world.home.cache, wayName('reader'));
    await settled();
    const [fetched, stored] = [await world.run(['reader']), await world.run(['reader'])];
    expect([fetched.code, stored.stdout]).toEqual([0, fetched.stdout]);
    expect(await world.run(['reader'])).toEqual(stored);
    change(path, elsewhere);
    expect((await world.run(['reader'])).stdout).toContain("AWS_REGION='xx-test-1'");
    appendFileSync(config(), '# another\n');
    expect((await world.run(['reader'])).stdout).toBe(stored.stdout);
  });

  it.each(['bash', 'fish', 'nushell', 'nu', 'powershell', 'pwsh'])(
    'takes it for %s, with the code of the long way',
    async (shell) => {
      const path = join(world.home.cache, wayName('reader'));
      const become = (): Promise<Result> => world.run(['reader'], { env: { TSAWSUME_SHELL: shell } });
      await settled();
      await become();
      const long = await become();
      expect(await become()).toEqual(long);
      expect(long.stdout).not.toContain('xx-test-1');
      change(path, elsewhere);
      expect((await become()).stdout).toContain('xx-test-1');
    },
  );

  it('leaves nothing after logout', async () => {
    await settled();
    for (let runs = 0; runs < 2; runs += 1) await world.run(['reader']);
    await world.run(['complete', 'zsh', '--', '']);
    const kept = (): readonly string[] => readdirSync(world.home.cache).filter((name) => name.includes('-'));
    expect(kept().length).toBeGreaterThan(2);
    expect((await world.run(['logout'])).code).toBe(0);
    expect(kept()).toEqual([]);
  });
});

describe('export', () => {
  const PLAIN = ['export', 'reader'];
  const LINES: readonly (readonly string[])[] = [
    PLAIN,
    ['export', '--format', 'json', 'reader'],
    ['export', 'reader', '--format=process'],
    ['export', '--format=process', '--min-ttl=900', '--', 'reader'],
    ['export', '--min-ttl=3590', 'reader'],
    ['export', '--format', 'fish', 'reader'],
    ['export', 'reader', 'other'],
    ['export', '--', 'nobody'],
  ];
  const forget = (): void => rmSync(join(world.home.cache, wayName('reader')), { force: true });

  it('is the same by the way that was noted as without', async () => {
    await settled();
    await world.run(PLAIN);
    for (const line of LINES) {
      forget();
      const bare = await world.run(line);
      await world.run(PLAIN);
      expect([line, await world.run(line)]).toEqual([line, bare]);
    }
    // A session may have too little left for a line, and then it is another that each of them gets: none did.
    expect(world.calls).toEqual(['AssumeRole']);
    const code = await world.run(PLAIN, { env: { TSAWSUME_SHELL: 'bash' } });
    forget();
    expect(await world.run(PLAIN, { env: { TSAWSUME_SHELL: 'bash' } })).toEqual(code);
  });

  it('takes that way, and leaves one', async () => {
    const path = join(world.home.cache, wayName('reader'));
    await settled();
    for (let runs = 0; runs < 2; runs += 1)
      await world.run(['export', '--format=json', '--min-ttl=900', 'reader']);
    change(path, elsewhere);
    expect((await world.run(['export', '--format', 'json', 'reader'])).stdout).toContain('xx-test-1');
    expect((await world.run(['reader'])).stdout).toContain('xx-test-1');
    expect((await world.run(['export', '--min-ttl=3601', '--format=json', 'reader'])).stdout).not.toContain(
      'xx-test-1',
    );
  });
});

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
    await settled();
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
    await settled();
    const plain = await ask(shell, words);
    const path = join(
      world.home.cache,
      answerName(shell, words.length > 1 && shell === 'fish' ? ['exec'] : []),
    );
    const told = (): void =>
      change(path, (text) => {
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
    change(path, (text) => text.slice(0, -1));
    expect((await ask(shell, words)).stdout).toBe(plain.stdout);
    told();
    change(path, (text) => text.replace(/"version":"[^"]*"/, '"version":"0.0.0"'));
    expect((await ask(shell, words)).stdout).toBe(plain.stdout);
    told();
    appendFileSync(config(), '[profile now]\nregion = x\n[profile nowhere]\n');
    const after = await lines();
    expect(after).toEqual(expect.arrayContaining(['now', 'nowhere']));
    expect(after).not.toContain('no-such-profile');
  });

  it('is not kept for bash where a name needs quotes', async () => {
    appendFileSync(config(), '[profile with blank]\nregion = x\n');
    await settled();
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
    await settled();
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
