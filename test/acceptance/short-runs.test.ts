import { appendFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatWay, parseWay, wayName } from '../../src/core/short-way';
import { EXPORT_FORMATS } from '../../src/shells';
import { run, World, type Result } from '../support/harness';
import { configOf, rewrite, settled } from '../support/own-lines';

/*
 * The lines that files of their own answer, in both builds. That they do is seen by what they answer once their memory
 * has been tampered with; test/acceptance/short-way-*.test.ts has what the npm build alone can be seen to do.
 */
let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

/** The file of a line's way; '' is no shell's function. */
const wayOf = (shell: string, ...words: readonly string[]): string =>
  join(world.home.cache, wayName([shell, ...words]) ?? 'none');

/** Tampers with a way: who takes it writes this first. */
const TAMPERED = '# tampered';
function tamper(path: string): void {
  rewrite(path, (text) => {
    const [version = '', line = '[]'] = /"version":"([^"]*)","line":(\[[^\]]*\])/.exec(text)?.slice(1) ?? [];
    const [shell = '', ...words] = strings(JSON.parse(line));
    const way = parseWay(text, [shell, ...words], version);
    if (way === undefined) throw new Error('no way');
    const [before, between, after] = way.text;
    return formatWay({ ...way, text: [`${TAMPERED}\n${before}`, between, after] });
  });
}
const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

describe('a profile’s name', () => {
  it('takes the way that was noted, until a file changes', async () => {
    await settled(world);
    const [fetched, stored] = [await world.run(['reader']), await world.run(['reader'])];
    expect([fetched.code, stored.stdout]).toEqual([0, fetched.stdout]);
    expect(await world.run(['reader'])).toEqual(stored);
    tamper(wayOf('', 'reader'));
    expect((await world.run(['reader'])).stdout).toBe(`${TAMPERED}\n${stored.stdout}`);
    appendFileSync(configOf(world), '# another\n');
    expect((await world.run(['reader'])).stdout).toBe(stored.stdout);
  });

  it.each(['bash', 'fish', 'nushell', 'nu', 'powershell', 'pwsh'])(
    'takes it for %s, with the code of the long way',
    async (shell) => {
      const become = (): Promise<Result> => world.run(['reader'], { env: { TSAWSUME_SHELL: shell } });
      await settled(world);
      await become();
      const long = await become();
      expect(await become()).toEqual(long);
      tamper(wayOf(shell, 'reader'));
      expect((await become()).stdout).toBe(`${TAMPERED}\n${long.stdout}`);
    },
  );

  it('takes none that is another line’s, though their names meet', async () => {
    await settled(world);
    for (let runs = 0; runs < 2; runs += 1) await world.run(['assume', 'reader']);
    tamper(wayOf('', 'assume', 'reader'));
    expect((await world.run(['assume', 'reader'])).stdout).toContain(TAMPERED);
    expect(wayOf('', 'assume', 'reader')).toBe(wayOf('', 'assume reader'));
    const other = await world.run(['assume reader']);
    expect([other.code, other.stdout]).toEqual([3, '']);
  });

  it('holds no secret', async () => {
    await settled(world);
    for (let runs = 0; runs < 2; runs += 1) await world.run(['reader']);
    const { stdout } = await world.run(['reader']);
    const kept = readFileSync(wayOf('', 'reader'), 'utf8');
    const secrets = [...stdout.matchAll(/(?:SECRET_ACCESS_KEY|SESSION_TOKEN)='([^']+)'/g)];
    expect(secrets.length).toBe(2);
    for (const [, secret = ''] of secrets) expect(kept).not.toContain(secret);
  });

  it('leaves nothing after logout', async () => {
    await settled(world);
    for (let runs = 0; runs < 2; runs += 1) await world.run(['reader']);
    await world.run(['complete', 'zsh', '--', '']);
    const kept = (): readonly string[] => readdirSync(world.home.cache).filter((name) => name.includes('-'));
    expect(kept().length).toBeGreaterThan(2);
    expect((await world.run(['logout'])).code).toBe(0);
    expect(kept()).toEqual([]);
  });
});

describe('export', () => {
  /** Each format, and each way to say what may be noted. */
  const NOTED: readonly (readonly string[])[] = [
    ...EXPORT_FORMATS.map((format) => ['export', '--format', format, 'reader']),
    ['export', 'reader'],
    ['export', 'reader', '--format=process'],
    ['export', '--format=process', '--min-ttl=900', '--', 'reader'],
    ['export', '--min-ttl', '15m', 'reader'],
  ];
  const NOT: readonly (readonly string[])[] = [
    ['export', 'reader', 'other'],
    ['export', '--', 'nobody'],
    ['export', '--region', 'eu-west-1', 'reader'],
    ['export', '--info', 'reader'],
    ['--info', 'export', 'reader'],
    ['export', '--session-name', 'x', 'reader'],
    ['export'],
  ];
  const isNoted = (line: readonly string[], shell = ''): boolean => existsSync(wayOf(shell, ...line));

  it('is the same by the way that was noted as without', async () => {
    await settled(world);
    await world.run(['export', 'reader']);
    for (const line of NOTED) {
      const bare = await world.run(line);
      expect([line, isNoted(line)]).toEqual([line, true]);
      expect([line, await world.run(line)]).toEqual([line, bare]);
      tamper(wayOf('', ...line));
      expect([line, (await world.run(line)).stdout]).toEqual([line, `${TAMPERED}\n${bare.stdout}`]);
    }
    // A session may have too little left for a line, and then it is another that each of them gets: none did.
    expect(world.calls).toEqual(['AssumeRole']);
  });

  it('is noted of no line that asks for more', async () => {
    await settled(world);
    await world.run(['export', 'reader']);
    for (const line of NOT) {
      const [first, second] = [await world.run(line), await world.run(line)];
      expect([line, isNoted(line), second.code]).toEqual([line, false, first.code]);
    }
    const file = join(world.home.path, 'out');
    const toFile = ['export', '--output', file, 'reader'];
    for (let runs = 0; runs < 2; runs += 1) await world.run(toFile);
    expect([isNoted(toFile), existsSync(file)]).toEqual([false, true]);
  });

  it('is code that prints it where a function captured it', async () => {
    await settled(world);
    const env = { TSAWSUME_SHELL: 'bash' };
    const line = ['export', '--format=json', 'reader'];
    for (let runs = 0; runs < 2; runs += 1) await world.run(line, { env });
    expect(isNoted(line, 'bash')).toBe(true);
    const { stdout } = await world.run(line, { env });
    const printed = await run(['sh', '-c', stdout]);
    expect(printed.stdout).toBe((await world.run(line)).stdout);
  });

  it('keeps to what must be left', async () => {
    await settled(world);
    const line = ['export', '--min-ttl=3590', 'reader'];
    for (let runs = 0; runs < 2; runs += 1) await world.run(line);
    expect(isNoted(line)).toBe(true);
    const before = world.calls.length;
    // Ten seconds from its beginning it is too old for this line.
    await new Promise((done) => setTimeout(done, 11_000));
    const { stdout, stderr } = await world.run(line);
    expect([world.calls.length, stdout.includes('AWS_SESSION_TOKEN'), stderr]).toEqual([
      before + 1,
      true,
      '',
    ]);
  });
});
