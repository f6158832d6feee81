import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { World } from '../../support/harness';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());
afterEach(() => fs.rmSync(join(world.home.path, '.tsawsume'), { recursive: true, force: true }));

const modeOf = (path: string): number => fs.statSync(path).mode & 0o777;
const entry = (): string => join(world.home.cache, world.home.sessions()[0] ?? 'none');

/** Stores a session, spoils the store, and runs twice: what is spoilt is a miss, and then healed. */
async function spoiltBy(spoil: () => void): Promise<void> {
  expect((await world.run(['reader'])).code).toBe(0);
  const whole = fs.readFileSync(entry(), 'utf8');
  spoil();
  world.sandbox.journal.clear();
  const first = await world.run(['reader']);
  expect([first.code, world.calls], first.stderr).toEqual([0, ['AssumeRole']]);
  expect(first.stdout).not.toContain(/"secretAccessKey": "([^"]+)"/.exec(whole)?.[1]);
  const second = await world.run(['reader']);
  expect([second.code, second.stdout, world.calls]).toEqual([0, first.stdout, ['AssumeRole']]);
  expect([modeOf(world.home.cache), modeOf(entry())]).toEqual([0o700, 0o600]);
}

describe('row 21: in the place of a stored session', () => {
  const instead = (make: (path: string) => void) => (): void => {
    const path = entry();
    fs.renameSync(path, `${path}.moved`);
    make(path);
  };
  it.each<[string, (path: string) => void]>([
    ['a link to the very session', (path) => fs.symlinkSync(`${path}.moved`, path)],
    ['a link to itself', (path) => fs.symlinkSync(path, path)],
    ['a link to /dev/zero', (path) => fs.symlinkSync('/dev/zero', path)],
    ['a FIFO', (path) => execFileSync('mkfifo', ['-m', '600', path])],
    ['a folder', (path) => fs.mkdirSync(path, 0o700)],
  ])('%s: not read, no hang, replaced', (_, make) => spoiltBy(instead(make)));
});

describe('row 22: a store that others could read or write', () => {
  it.each([0o644, 0o666, 0o660, 0o604])(
    'a session with the mode %o: not read, fetched anew, repaired',
    (mode) => spoiltBy(() => fs.chmodSync(entry(), mode)),
  );

  it.each([0o777, 0o755, 0o770])('its folder with the mode %o: not read, fetched anew, repaired', (mode) =>
    spoiltBy(() => fs.chmodSync(world.home.cache, mode)),
  );
});

describe('row 24: a corrupt session', () => {
  const rewritten = (change: (bytes: Buffer) => Buffer | string) => (): void =>
    fs.writeFileSync(entry(), change(fs.readFileSync(entry())));
  it.each<[string, (bytes: Buffer) => Buffer | string]>([
    ['of 0 bytes', () => ''],
    ['cut in half', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['of NUL bytes, as after a power cut', (bytes) => Buffer.alloc(bytes.length)],
    [
      'with a number for a secret',
      (bytes) => bytes.toString().replace(/("secretAccessKey": )"[^"]+"/, '$17'),
    ],
    [
      'without an expiration',
      (bytes) =>
        bytes
          .toString()
          .replace(/ *"expiration".*\n/, '')
          .replace(/,(\s*})/g, '$1'),
    ],
    [
      'with an expiration that never comes',
      (bytes) => bytes.toString().replace(/("expiration": )"[^"]+"/, '$1"9999-12-31T23:59:59.000Z"'),
    ],
    ['that says it is for another role', (bytes) => bytes.toString().replace('role/reader', 'role/other')],
    ['of 50 MB', () => Buffer.alloc(50_000_000, '[')],
    [
      'with bytes that are no UTF-8',
      (bytes) => Buffer.concat([bytes.subarray(0, 40), Buffer.from([0xff]), bytes.subarray(40)]),
    ],
    ['that is a list', () => '[]'],
  ])('%s: a miss, one call, healed', (_, change) => spoiltBy(rewritten(change)));
});
