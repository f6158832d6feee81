import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM, type World } from '../support/harness';
import { Pty } from '../io/pty';
import { openWorld } from '../support/open-company';
import { strings } from '../support/start';
import { quoted } from '../support/program';
import { isNotThere } from '../support/programs';

/** The prompt inside `eval "$(…)"`, where stdin and stdout are pipes: in bash and in zsh, at a real terminal. */
let world: World;
let shell: Pty | undefined;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  shell?.close();
  shell = undefined;
  await world.close();
});

const COMMAND = quoted(PROGRAM);
const SHELLS: readonly (readonly [string, string[]])[] = [
  ['bash', ['--norc', '--noprofile', '-i']],
  ['zsh', ['-f', '-i']],
];

/** A shell at a terminal, ready for a line. */
async function open(name: string, args: string[]): Promise<Pty> {
  const opened = new Pty(name, args, { ...strings(world.env), AWS_PROFILE: 'mine', PROMPT: 'ready> ' });
  shell = opened;
  await opened.shows('ready> ');
  return opened;
}

/** Types a line and, when it has ended, tells its exit code and what the shell then is. */
async function become(pty: Pty): Promise<number> {
  const mark = pty.screen.length;
  pty.type(`eval "$(${COMMAND} cli-role; echo "code=$?")"\r`);
  return pty.shows('MFA code for', mark);
}

/** What the shell says of itself; the words are split so that the typed line is not mistaken for the answer. */
async function whoIs(pty: Pty, from: number): Promise<string> {
  pty.type('echo "is""=$code/$TSAWSUME_PROFILE/$AWS_PROFILE/${AWS_ACCESS_KEY_ID:+keys}/"\r');
  await pty.shows(/is=[^$"]*\//, from);
  return /is=([^$"\r\n]*)\/[\r\n]/.exec(pty.screen.slice(from))?.[1] ?? '';
}

const device = (): string => world.sandbox.company.users.dev.device?.serial ?? '';
function wrongCode(): string {
  const right = new Set([world.code(), world.sandbox.cloud.freshCode(device())]);
  return ['000000', '111111', '222222', '333333'].find((code) => !right.has(code)) ?? '444444';
}

describe.each(SHELLS)('%s', (name, args) => {
  const missing = isNotThere(name);
  it.skipIf(missing)('names the profile and the device, and the shell becomes the role', async () => {
    const pty = await open(name, args);
    const mark = await become(pty);
    expect(pty.screen).toContain(`MFA code for cli-role (${device()}):`);
    pty.type(`${world.code()}\r`);
    await pty.shows('Role credentials will expire at', mark);
    expect(await whoIs(pty, mark)).toBe('0/cli-role//keys');
    expect(world.calls).toEqual(['GetSessionToken', 'AssumeRole']);
  });

  it.skipIf(missing)(
    'asks three times at most, sends only six digits, and then leaves the shell as it was',
    async () => {
      const pty = await open(name, args);
      let mark = await become(pty);
      pty.type('12ab\r');
      mark = await pty.shows(/six digits[^]*MFA code for/, mark);
      pty.type(`${wrongCode()}\r`);
      mark = await pty.shows(/AWS refused that MFA code[^]*MFA code for/, mark);
      pty.type('123\r');
      mark = await pty.shows('that was the third try', mark);
      expect(await whoIs(pty, mark)).toBe('1//mine/');
      expect(world.calls).toEqual(['GetSessionToken']);
    },
  );

  it.skipIf(missing)('a wrong code, then the right one', async () => {
    const pty = await open(name, args);
    let mark = await become(pty);
    pty.type(`${wrongCode()}\r`);
    mark = await pty.shows(/AWS refused that MFA code[^]*MFA code for/, mark);
    pty.type(`${world.code()}\r`);
    mark = await pty.shows('Role credentials will expire at', mark);
    expect(await whoIs(pty, mark)).toBe('0/cli-role//keys');
  });

  it.skipIf(missing)(
    'Ctrl-C: nothing has changed, no call was made, and the terminal is as it was',
    async () => {
      const pty = await open(name, args);
      const before = await pty.settledModes();
      const mark = await become(pty);
      pty.type('\u0003');
      await pty.shows('ready> ', mark);
      expect(await whoIs(pty, mark)).toMatch(/^(130)?\/\/mine\/$/);
      expect(await pty.settledModes()).toBe(before);
      expect(world.calls).toEqual([]);
      expect(world.home.sessions()).toEqual([]);
    },
  );
});

it('Ctrl-C at the plain program: exit 130, one line, nothing on stdout', async () => {
  const pty = new Pty(
    'sh',
    ['-c', `${COMMAND} cli-role > '${world.home.path}/out'; echo "code""=$?"`],
    strings(world.env),
  );
  shell = pty;
  const mark = await pty.shows('MFA code for');
  pty.type('\u0003');
  await pty.shows('code=130', mark);
  await pty.ended;
  expect(world.calls).toEqual([]);
  expect(readFileSync(`${world.home.path}/out`, 'utf8')).toBe('');
});
