import { afterEach, beforeEach, expect, it } from 'vitest';
import { Pty } from '../io/pty';
import { PROGRAM, variables, type World } from '../support/harness';
import { openWorld } from '../support/open-company';
import { start, strings } from '../support/start';

const ROUNDS = Number(process.env['TSAWSUME_TEST_ROUNDS'] ?? 20);
const FIFTY = Array.from({ length: 50 }, (_, index) => index);

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const json = (name: string): readonly string[] => ['export', name, '--format', 'json'];

/** Holds the first call back until all fifty have started and found the store empty. */
function barrier(): { readonly started: () => void } {
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (open = resolve));
  world.sandbox.setFault(async () => {
    await all;
    return undefined;
  });
  return { started: open };
}

const settled = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

it('row 6: 50 processes at once, nothing stored, round after round: one call and one key each time', async () => {
  let calls = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    await world.run(['logout']);
    world.sandbox.journal.clear();
    const { started } = barrier();
    const running = FIFTY.map(() => start(world, json('reader')));
    await world.sandbox.journal.arrived(1);
    // Those that are not there yet come to a lock that is held, or to a session that is stored: both are wanted.
    await settled(500);
    started();
    const results = await Promise.all(running.map(({ ended }) => ended));
    expect(results.map(({ code }) => code)).toEqual(FIFTY.map(() => 0));
    expect(world.calls).toEqual(['AssumeRole']);
    calls += world.calls.length;
    expect(new Set(results.map(({ stdout }) => variables(stdout)['AWS_ACCESS_KEY_ID'])).size).toBe(1);
  }
  console.log(`${ROUNDS} rounds of ${FIFTY.length} processes: ${calls} calls`);
});

it('row 7: 50 at once with MFA, one of them at a terminal: one prompt, one GetSessionToken, 50 times exit 0', async () => {
  // STS takes each code once, as AWS does.
  const [program = '', ...args] = [...PROGRAM, ...json('cli-role')];
  const person = new Pty(program, args, strings(world.env));
  await person.shows('MFA code for');
  const others = FIFTY.slice(1).map(() => start(world, json('cli-role')));
  await settled(2_000);
  person.type(`${world.code()}\r`);
  const results = await Promise.all(others.map(({ ended }) => ended));
  expect((await person.ended).exitCode).toBe(0);
  expect(results.map(({ code }) => code)).toEqual(others.map(() => 0));
  expect([...world.calls].sort()).toEqual(['AssumeRole', 'GetSessionToken']);
  expect(results.filter(({ stderr }) => stderr.includes('MFA code for'))).toEqual([]);
  console.log(`${others.length + 1} processes: 1 at a terminal was asked, calls: ${world.calls.join(', ')}`);
  expect(new Set(results.map(({ stdout }) => variables(stdout)['AWS_ACCESS_KEY_ID'])).size).toBe(1);
});

it('row 7: ten at terminals at once: one is asked, ten become the role', async () => {
  const [program = '', ...args] = [...PROGRAM, ...json('cli-role')];
  const people = FIFTY.slice(0, 10).map(() => new Pty(program, args, strings(world.env)));
  const asked = (): readonly Pty[] => people.filter(({ screen }) => screen.includes('MFA code for'));
  while (asked().length === 0) await settled(50);
  await settled(2_500);
  expect(asked()).toHaveLength(1);
  asked()[0]?.type(`${world.code()}\r`);
  const ends = await Promise.all(people.map(({ ended }) => ended));
  expect(ends.map(({ exitCode }) => exitCode)).toEqual(people.map(() => 0));
  expect(asked()).toHaveLength(1);
  console.log(`${people.length} terminals: ${asked().length} prompt, calls: ${world.calls.join(', ')}`);
  expect([...world.calls].sort()).toEqual(['AssumeRole', 'GetSessionToken']);
});
