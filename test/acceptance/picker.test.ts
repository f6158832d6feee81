import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM, World } from '../support/harness';
import { Pty, pause, until } from '../io/pty';
import { strings } from '../support/start';
import { quoted } from '../support/program';
import { isNotThere } from '../support/programs';

/** A person who names no profile, in shells that are hooked up, at a real terminal. */
let world: World;
let shell: Pty | undefined;
beforeEach(async () => {
  world = await World.open();
});
afterEach(async () => {
  shell?.close();
  shell = undefined;
  await world.close();
});

const COMMAND = quoted(PROGRAM);
const SIZE = { cols: 100, rows: 24 };
const HELP = 'type to filter';

interface Opening {
  readonly size?: { readonly cols: number; readonly rows: number };
  readonly env?: Readonly<Record<string, string>>;
}

async function open(name: string, args: string[], { size = SIZE, env = {} }: Opening = {}): Promise<Pty> {
  const opened = new Pty(
    name,
    args,
    { ...strings(world.env), PROMPT: 'ready> ', NO_COLOR: '1', ...env },
    size,
  );
  shell = opened;
  await opened.shows('ready> ');
  const mark = opened.screen.length;
  opened.type(`eval "$(${COMMAND} init ${name})"; echo "hook""ed"\r`);
  await opened.shows('hooked', mark);
  return opened;
}

const bash = (opening?: Opening): Promise<Pty> => open('bash', ['--norc', '--noprofile', '-i'], opening);

/** Waits until the list stands still; gives the lines of its last drawing. */
async function drawn(pty: Pty, from: number): Promise<readonly string[]> {
  let seen = '';
  await until(() => pty.screen.slice(from).includes(HELP), 'the list');
  for (let still = 0; still < 5; still += 1) {
    await pause(30);
    if (pty.screen !== seen) still = 0;
    seen = pty.screen;
  }
  const last = seen.slice(from).split('Profile:').at(-1) ?? '';
  return stripVTControlCharacters(last)
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line.trim() !== '' && !line.startsWith(HELP));
}

/** Types a call without a name, and waits for the list; gives the mark from before. */
async function listed(pty: Pty, call = 'tsawsume'): Promise<number> {
  const mark = pty.screen.length;
  pty.type(`${call}; code=$?\r`);
  await drawn(pty, mark);
  return mark;
}

/** Types into the list; its lines when they stand still. */
async function after(pty: Pty, keys: string): Promise<readonly string[]> {
  const mark = pty.screen.length;
  pty.type(keys);
  return drawn(pty, mark);
}

async function whoIs(pty: Pty, from: number): Promise<string> {
  pty.type('echo "is""=$code/$TSAWSUME_PROFILE/${AWS_ACCESS_KEY_ID:+keys}/"\r');
  await pty.shows(/is=[^$"]*\//, from);
  return /is=([^$"\r\n]*)\/[\r\n]/.exec(pty.screen.slice(from))?.[1] ?? '';
}

const names = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.slice(2).split(/ {2}/)[0] ?? '');

describe.each([
  ['bash', ['--norc', '--noprofile', '-i']],
  ['zsh', ['-f', '-i']],
] as const)('in %s', (name, args) => {
  const missing = isNotThere(name);
  it.skipIf(missing)('Enter takes default, which stands on top', async () => {
    const pty = await open(name, [...args]);
    const mark = await listed(pty);
    expect(names(await drawn(pty, mark))[0]).toBe('default');
    pty.type('\r');
    await pty.shows('Profile: default', mark);
    expect(await whoIs(pty, mark)).toBe('0/default/keys');
    expect(world.calls).toEqual([]);
  });

  it.skipIf(missing)(
    'what is typed filters, arrows choose, and the chosen name goes on as if it had been typed',
    async () => {
      const pty = await open(name, [...args]);
      const mark = await listed(pty);
      expect(names(await after(pty, '444455556666'))).toEqual(['partner']);
      expect(names(await after(pty, '\u0015er'))).toEqual(['deployer', 'partner', 'reader']);
      expect(names(await after(pty, '\u001b[B\u001b[B'))).toEqual(['deployer', 'partner', 'reader']);
      expect(pty.screen.slice(mark)).toContain('❯ reader');
      expect(names(await after(pty, '\u0015Ade R\t'))).toEqual(['reader']);
      pty.type('\r');
      await pty.shows('Role credentials will expire', mark);
      expect(await whoIs(pty, mark)).toBe('0/reader/keys');
      expect(world.calls).toEqual(['AssumeRole']);
    },
  );

  it.skipIf(missing)('Ctrl-C: 130, the shell, the terminal and the screen are as they were', async () => {
    const pty = await open(name, [...args]);
    const before = await pty.settledModes();
    const mark = await listed(pty);
    pty.type('par\u0003');
    await pty.shows('cancelled: no profile was picked', mark);
    expect(await whoIs(pty, mark)).toBe('130//');
    expect(await pty.settledModes()).toBe(before);
    expect(world.calls).toEqual([]);
  });
});

describe('the list', () => {
  it('shows account, role, MFA and the time left; those used last come first', async () => {
    await world.run(['reader'], { env: { TSAWSUME_SHELL: 'bash' } });
    await world.run(['partner'], { env: { TSAWSUME_SHELL: 'bash' } });
    await world.run(['reader'], { env: { TSAWSUME_SHELL: 'bash' } });
    // Not this shell's: a script that goes through all accounts is no choice of a person.
    await world.run(['exec', 'limited', '--', 'true']);
    const pty = await bash();
    const lines = await drawn(pty, await listed(pty));
    expect(names(lines).slice(0, 4)).toEqual(['default', 'reader', 'partner', 'alice']);
    expect(lines[1]).toMatch(/^ {2}reader +59m +111122223333 +reader$/);
    expect(lines.find((line) => line.includes('cli-role'))).toMatch(/cli-role +MFA +111122223333 +cli-role$/);
  });

  it('holds neither what tsawsume wrote nor what can not be used; nothing in it is obeyed', async () => {
    await world.run(['reader', '-o', 'written'], { env: { TSAWSUME_SHELL: 'bash' } });
    appendFileSync(
      join(world.home.path, '.aws/config'),
      '\n[profile bad]\nrole_arn = nonsense\n[profile esc\u001b]0;title\u0007\u202e]\nregion = eu-west-1\n[profile $(touch canary)]\nregion = eu-west-1\n',
    );
    const pty = await bash({ size: { cols: 100, rows: 40 } });
    const mark = await listed(pty);
    expect(names(await drawn(pty, mark))).not.toContain('written');
    const [only] = await after(pty, 'bad');
    expect(only).toMatch(/^ +bad {2}.*config:\d+: /);
    // Enter has nothing to take.
    const [strange] = await after(pty, '\r\u0015esc');
    expect(strange).toContain('esc\\x1b]0;title\\x07\\u202e');
    expect(pty.screen.slice(mark)).not.toMatch(/\u0007|\u202e|\u001b\]/);
    const from = pty.screen.length;
    pty.type('\u0015$(\r');
    await pty.shows('"$(touch canary)"', from);
    expect(await whoIs(pty, from)).toBe('3//');
    expect(existsSync(join(world.home.path, 'canary'))).toBe(false);
  });

  it('is cut to a narrow terminal, and follows its size', async () => {
    const long = 'a-name-that-is-longer-than-the-terminal-is-wide';
    appendFileSync(join(world.home.path, '.aws/config'), `\n[profile ${long}]\nregion = eu-west-1\n`);
    const pty = await bash({ size: { cols: 40, rows: 12 } });
    await listed(pty);
    const narrow = await after(pty, '\u001b[B\u001b[B');
    expect(narrow).toContainEqual(expect.stringMatching(/^❯ alice +MFA +1111/));
    expect(narrow.length).toBeLessThan(12);
    for (const line of narrow) expect(line.length).toBeLessThanOrEqual(40);
    const from = pty.screen.length;
    pty.resize(110, 30);
    const wide = await drawn(pty, from);
    expect(wide).toContainEqual(expect.stringMatching(/^❯ alice/));
    expect(wide.length).toBeGreaterThan(narrow.length);
    expect(names(wide)).toContain('a-name-that-is-longer-than-the-terminal-is-wide');
    pty.type('\r');
    await pty.shows('MFA code for alice', from);
  });

  it('is quick with ten thousand profiles, and Enter takes what was typed in the same breath', async () => {
    const config = join(world.home.path, '.aws/config');
    const many = Array.from(
      { length: 10_000 },
      (_, at) =>
        `[profile team-${at}-reader]\nrole_arn = arn:aws:iam::111122223333:role/r${at}\nsource_profile = dev\n`,
    );
    writeFileSync(config, readFileSync(config, 'utf8') + many.join(''));
    const pty = await bash();
    const mark = await listed(pty);
    expect((await drawn(pty, mark)).length).toBeLessThan(20);
    // `reader` itself, though thousands hold the word.
    pty.type('reader\r');
    await pty.shows('Role credentials will expire', mark);
    expect(await whoIs(pty, mark)).toBe('0/reader/keys');
  });

  it('survives a stop', async () => {
    const pty = await bash();
    const from = pty.screen.length;
    pty.type(`${COMMAND} -s > /dev/null\r`);
    await pty.shows(HELP, from);
    pty.type('part');
    await pty.shows(/Profile: part[^]*type to filter/, from);
    const before = pty.screen.length;
    pty.type('\u001a');
    const mark = await pty.shows('Stopped', before);
    pty.type('fg\r');
    await pty.shows(/Profile: part[^]*❯ partner[^]*type to filter/, mark);
    pty.type('\r');
    await pty.shows('Role credentials will expire', mark);
  });
});

describe('no list', () => {
  const code = (result: { code: number | null }) => result.code;

  it('without a terminal: the profile default', async () => {
    const { stdout } = await world.run(['-s']);
    expect(stdout).toContain("TSAWSUME_PROFILE='default'");
  });

  it.each([
    ['AWS_PROFILE says who', { AWS_PROFILE: 'reader' }, 'tsawsume', '0/reader/keys'],
    ['the terminal can show none', { TERM: 'dumb' }, 'tsawsume', '0/default/keys'],
    ['a role is named', {}, 'tsawsume --role-arn 111122223333:reader', '0/111122223333:reader/keys'],
    ['awsume would change nothing', {}, 'tsawsume --dry-run', '0//'],
  ])('where %s', async (_, env, call, expected) => {
    const pty = await bash({ env });
    const mark = pty.screen.length;
    pty.type(`${call}; code=$?; echo "en""ded"\r`);
    await pty.shows('ended', mark);
    expect(pty.screen.slice(mark)).not.toContain(HELP);
    expect(await whoIs(pty, mark)).toBe(expected);
  });

  it('where there is nothing but default', async () => {
    const { key } = world.sandbox.company.users.dev;
    world.home.write(
      '',
      `[default]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`,
    );
    const pty = await bash();
    const mark = pty.screen.length;
    pty.type('tsawsume; code=$?\r');
    expect(await whoIs(pty, mark)).toBe('0/default/keys');
    expect(pty.screen.slice(mark)).not.toContain(HELP);
  });

  it('is forgotten by logout', async () => {
    await world.run(['reader'], { env: { TSAWSUME_SHELL: 'bash' } });
    expect(code(await world.run(['logout']))).toBe(0);
    const pty = await bash();
    expect(names(await drawn(pty, await listed(pty))).slice(0, 2)).toEqual(['default', 'alice']);
  });
});
