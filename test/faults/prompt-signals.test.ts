import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Pty, stateOf, until } from '../io/pty';
import { PROGRAM, type World } from '../support/harness';
import { openWorld } from '../support/open-company';
import { strings } from '../support/start';
import { quoted } from '../support/program';

let world: World;
let shell: Pty;
let modes: string;
beforeEach(async () => {
  world = await openWorld();
  // A shell without job control: what we leave behind is then not mended by it.
  shell = new Pty('sh', [], strings({ ...world.env, PS1: 'ready> ' }));
  await shell.shows('ready> ');
  modes = shell.modes();
});
afterEach(async () => {
  shell.close();
  await world.close();
});

const COMMAND = quoted(PROGRAM);

/** The program below the shell: the one child, or the child of its subshell, that is Node. */
function ours(): number {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'latin1').replace(/.*\) /, '').split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      continue;
    }
  }
  const below = (pid: number): number[] =>
    (children.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(shell.pid).at(-1) ?? fail();
}

function fail(): never {
  throw new Error('the program is not there');
}

async function asked(how: string): Promise<number> {
  const mark = shell.screen.length;
  shell.type(`${how}\r`);
  await shell.shows('MFA code for', mark);
  await until(() => shell.modes() !== modes, 'the raw terminal');
  return shell.screen.length;
}

const PLAIN = `${COMMAND} export cli-role --format json; echo "co""de=$?"`;
const CAPTURED = `x=$(${COMMAND} cli-role); echo "co""de=$?"`;

describe.each([
  ['plain', PLAIN],
  ['captured', CAPTURED],
])('row 30: at the prompt, %s', (_, command) => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('%s: the terminal is as it was, nothing was asked of STS', async (signal, code) => {
    const mark = await asked(command);
    process.kill(ours(), signal);
    await shell.shows(`code=${String(code)}`, mark);
    expect([shell.modes(), world.calls]).toEqual([modes, []]);
  });

  it('SIGTSTP: the terminal is as it was while it is stopped, and the question comes back', async () => {
    await asked(command);
    const pid = ours();
    process.kill(pid, 'SIGTSTP');
    await until(() => stateOf(pid) === 'T', 'the stop');
    expect(shell.modes()).toBe(modes);
    const mark = shell.screen.length;
    // A shell that has noticed gives the terminal back by fg.
    if (command === PLAIN) shell.type('fg\r');
    else process.kill(pid, 'SIGCONT');
    await shell.shows('MFA code for', mark);
    shell.type(`${world.code()}\r`);
    await shell.shows(command === PLAIN ? 'AWS_SESSION_TOKEN' : 'code=0', mark);
    await until(() => shell.modes() === modes, 'the modes of before');
  });
});
