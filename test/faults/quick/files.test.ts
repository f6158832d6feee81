import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../../support/harness';
import { keysOf, openWorld } from '../../support/open-company';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ARN = 'role_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = dev\n';
const good = (): string => `[profile dev]\n${keysOf(world, 'dev')}[profile good]\n${ARN}`;
const AT_LINE = /(?:config|credentials)(?::\d+| )/;

/** What is told of a failure: one line that says where, one that says what to do; no trace. */
function expectTold(stderr: string): void {
  expect(stderr).toMatch(AT_LINE);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
}

describe('row 38: bytes that no editor was asked for', () => {
  const works: readonly (readonly [string, () => Buffer])[] = [
    ['a BOM', () => Buffer.from(`\ufeff${good()}`)],
    ['CRLF', () => Buffer.from(good().replaceAll('\n', '\r\n'))],
    [
      'a line of 1 MB',
      () =>
        Buffer.from(
          `# ${'x'.repeat(1_000_000)}\n${good()}[profile long]\nregion = ${'y'.repeat(1_000_000)}\n`,
        ),
    ],
    [
      'bad UTF-8 in a comment',
      () => Buffer.concat([Buffer.from('# \xff\xfe\n', 'latin1'), Buffer.from(good())]),
    ],
    [
      'bad UTF-8 in another profile',
      () => Buffer.concat([Buffer.from(good()), Buffer.from('[profile bad]\nregion = \xff\n', 'latin1')]),
    ],
    ['no newline at the end', () => Buffer.from(good().trimEnd())],
  ];
  it.each(works)('%s: works', async (_, bytes) => {
    fs.writeFileSync(join(world.home.path, '.aws/config'), bytes());
    const { code, stderr } = await world.run(['good']);
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^\[good\][^\n]*\n$/)]);
  });

  const fails: readonly (readonly [string, () => Buffer])[] = [
    ['UTF-16', () => Buffer.from(`\ufeff${good()}`, 'utf16le')],
    ['bad UTF-8 in the profile', () => Buffer.from(`${good()}region = \xff\n`, 'latin1')],
    ['NUL in another profile', () => Buffer.from(`${good()}[profile bad]\nregion = a\0b\n`)],
    ['NUL in the profile', () => Buffer.from(`${good()}region = a\0b\n`)],
    ['a line that is no setting', () => Buffer.from(`${good()}what is this\n`)],
  ];
  it.each(fails)('%s: exit 3, and where', async (_, bytes) => {
    fs.writeFileSync(join(world.home.path, '.aws/config'), bytes());
    const { code, stdout, stderr } = await world.run(['good']);
    expect([code, stdout]).toEqual([3, '']);
    expectTold(stderr);
  });
});

describe('row 39: a chain that leads nowhere', () => {
  const link = (name: string, source: string): string =>
    `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/hop\nsource_profile = ${source}\n`;
  it.each([
    ['a loop', ['a', 'b', 'c'], () => link('a', 'b') + link('b', 'c') + link('c', 'a')],
    ['a missing link', ['a', 'b', 'gone'], () => link('a', 'b') + link('b', 'gone')],
    ['itself, without keys', ['a'], () => link('a', 'a')],
  ] as const)('%s: one line that names the chain, no call', async (_, names, config) => {
    world.home.write(config(), '');
    world.sandbox.journal.clear();
    const { code, stdout, stderr } = await world.run(['a']);
    expect([code, stdout, world.calls]).toEqual([3, '', []]);
    expectTold(stderr);
    for (const name of names) expect(stderr).toContain(name);
  });

  it('a hundred roles: a hundred calls, in their order', async () => {
    const links = Array.from({ length: 100 }, (_, index) =>
      link(`r${index}`, index === 0 ? 'dev' : `r${index - 1}`),
    );
    world.home.write(`[profile dev]\n${keysOf(world, 'dev')}${links.join('')}`, '');
    world.sandbox.journal.clear();
    const { code } = await world.run(['r99']);
    expect([code, world.calls.length]).toEqual([0, 100]);
  });
});

describe('row 45: one bad profile among good ones', () => {
  const BAD = [
    '[profile bad]\nwhat is this\n',
    '[profile bad]\nrole_arn = nonsense\nsource_profile = dev\n',
    '[profile bad]\nrole_arn = arn:aws:iam::111122223333:role/x\n',
    '[profile bad]\nregion = eu west\nduration_seconds = soon\n',
    '[profile bad\nregion = x\n',
  ];
  it.each(BAD)('%j: the good ones work; list and explain name the bad one', async (bad) => {
    world.home.write(`${good()}${bad}[profile after]\n${ARN}`, '');
    for (const name of ['good', 'after']) expect((await world.run([name])).code).toBe(0);
    const list = await world.run(['list']);
    expect(list.code).toBe(0);
    expect(list.stdout + list.stderr).toMatch(/config:\d+/);
    const explain = await world.run(['explain', 'bad']);
    expect(explain.code).toBe(3);
    expectTold(explain.stderr);
  });
});
