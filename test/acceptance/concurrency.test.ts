import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { delay, firstCalls, hang } from '../../src/sandbox/faults';
import { Pty } from '../io/pty';
import { PROGRAM, variables, type World } from '../support/harness';
import { keysOf, OPEN, openRole, openWorld } from '../support/open-company';
import { start, strings } from '../support/start';

/** Many at once on an empty cache: one fetches, the others take what it stored. */
let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const json = (name: string): readonly string[] => ['export', name, '--format', 'json'];
const all = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const serial = (): string => world.sandbox.company.users.dev.device?.serial ?? '';

/** Ten roles of one user, who has one MFA device. */
function tenRoles(): readonly string[] {
  const names = all(10, (index) => `role-${String(index)}`);
  const profiles = names.map((name) => {
    world.sandbox.cloud.addRole(openRole(name, { trust: OPEN.mfaOne.trust }));
    return `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/${name}\nsource_profile = dev\n`;
  });
  world.home.write(
    `[profile dev]\nmfa_serial = ${serial()}\n${profiles.join('')}`,
    `[dev]\n${keysOf(world, 'dev')}`,
  );
  return names;
}

/** The same at a terminal; `env` as the harness has it. */
function atTerminal(args: readonly string[]): Pty {
  const [program = '', ...rest] = [...PROGRAM, ...args];
  return new Pty(program, rest, strings(world.env));
}

describe('without MFA', () => {
  it('50 processes: one AssumeRole, one key, 50 times exit 0', async () => {
    // Held back, so that all of them find the store empty.
    world.sandbox.setFault(() => delay(3_000));
    const results = await Promise.all(all(50, () => world.run(json('reader'))));
    expect(results.map(({ code }) => code)).toEqual(all(50, () => 0));
    expect(world.calls).toEqual(['AssumeRole']);
    expect(new Set(results.map(({ stdout }) => variables(stdout)['AWS_ACCESS_KEY_ID'])).size).toBe(1);
  }, 90_000);

  it('the holder is killed in the middle of its call: one more call, and the others are done', async () => {
    world.sandbox.setFault(firstCalls(1, hang()));
    const first = start(world, json('reader'));
    await world.sandbox.journal.arrived(1);
    const others = all(6, () => world.run(json('reader')));
    await new Promise((done) => setTimeout(done, 1_000));
    first.child.kill('SIGKILL');
    const results = await Promise.all(others);
    expect((await first.ended).signal).toBe('SIGKILL');
    expect(results.map(({ code }) => code)).toEqual(all(6, () => 0));
    expect(world.calls).toHaveLength(2);
  });

  it('the holder fails: each tries for itself, and nobody hangs', async () => {
    const results = await Promise.all(
      all(4, () => world.run(json('reader'), { env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' } })),
    );
    expect(results.map(({ code, stdout }) => [code, stdout])).toEqual(all(4, () => [1, '']));
  });
});

describe('one MFA device', () => {
  it('10 roles × 5 processes, one of them with a code: 1 GetSessionToken + 10 AssumeRole', async () => {
    const names = tenRoles();
    world.sandbox.setFault(firstCalls(1, delay(3_000), 'GetSessionToken'));
    const first = start(world, [...json('role-0'), '--mfa-token', world.code()]);
    await world.sandbox.journal.arrived(1);
    const results = await Promise.all([
      first.ended,
      ...names.flatMap((name) => all(name === 'role-0' ? 4 : 5, () => world.run(json(name)))),
    ]);
    expect(results.map(({ code }) => code)).toEqual(all(50, () => 0));
    expect(world.sandbox.journal.count('GetSessionToken')).toBe(1);
    expect(world.sandbox.journal.count('AssumeRole')).toBe(10);
    console.log(`${results.length} processes: ${world.calls.length} calls`);
  }, 90_000);

  it('one at a terminal and 12 without: one prompt, all exit 0', async () => {
    tenRoles();
    const person = atTerminal(json('role-0'));
    await person.shows(/MFA code for role-0/);
    const others = all(12, (index) => world.run(json(`role-${String(index % 3)}`)));
    // A person takes a while; those who wait must not take that for nobody being there.
    await new Promise((done) => setTimeout(done, 2_500));
    person.type(`${world.code()}\r`);
    const results = await Promise.all(others);
    expect((await person.ended).exitCode).toBe(0);
    expect(results.map(({ code }) => code)).toEqual(all(12, () => 0));
    expect(person.screen.match(/MFA code for role-0/g)?.length).toBeGreaterThan(0);
    expect(world.sandbox.journal.count('GetSessionToken')).toBe(1);
    expect(world.sandbox.journal.count('AssumeRole')).toBe(3);
  }, 60_000);

  it('the one at the terminal cancels: those without one fail with 4, and no call was made', async () => {
    tenRoles();
    const person = atTerminal(json('role-0'));
    await person.shows(/MFA code for role-0/);
    const others = all(3, () => world.run(json('role-1')));
    await new Promise((done) => setTimeout(done, 1_500));
    person.type('\u0003');
    const results = await Promise.all(others);
    expect((await person.ended).exitCode).toBe(130);
    expect(results.map(({ code, stdout }) => [code, stdout])).toEqual(all(3, () => [4, '']));
    expect(world.calls).toEqual([]);
  });
});
