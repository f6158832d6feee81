import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StoredSession } from '../../src/core/ports';
import { isBelieved } from '../../src/core/believed';
import { soundFolder, storedKeys } from '../../src/io/quick-store';
import { openStore } from '../../src/io/session-store';
import { believedOf } from '../../src/io/stored-entry';
import { readUptime } from '../../src/io/uptime';
import { entry, HOUR, scratch, T0 } from './support';

/** What the one believes, the other must; only that `openStore` mends what it does not believe. So it comes second. */
let home: string;
let cache: string;
const KEY = `${entry().key}.json`;

beforeEach(() => {
  home = join(scratch(), '.tsawsume');
  cache = join(home, 'cache');
});

const open = (now: number, up = readUptime()) =>
  openStore({ home, now: () => now, warn: () => undefined, uptime: () => up });
const store = (): void => open(T0).write(entry());
function seenBy(now: number): { readonly quick: unknown; readonly open: unknown } {
  const { key, inputs } = entry();
  const folder = soundFolder(home);
  const quick = folder === undefined ? undefined : storedKeys(folder, key);
  return { quick, open: keysOf(open(now).read(key, inputs)) };
}
function keysOf(stored: StoredSession | undefined): unknown {
  if (stored === undefined) return undefined;
  const { accessKeyId, secretAccessKey, sessionToken } = stored.session;
  return {
    accessKeyId,
    secretAccessKey: secretAccessKey.reveal(),
    sessionToken: sessionToken?.reveal(),
  };
}
const whole = keysOf(entry());

it('believes what is well, and touches nothing', () => {
  store();
  const before = fs.readdirSync(cache);
  expect(seenBy(T0 + 1000)).toEqual({ quick: whole, open: whole });
  expect(fs.readdirSync(cache)).toEqual(before);
});

it('is there whatever is not there', () => {
  expect(soundFolder(home)).toBeUndefined();
  expect(fs.existsSync(home)).toBe(false);
});

const rewritten = (path: string, how: (bytes: Buffer) => Uint8Array): void =>
  fs.writeFileSync(path, how(fs.readFileSync(path)));
const aside = (path: string): string => {
  fs.renameSync(path, `${path}.x`);
  return `${path}.x`;
};
function instead(path: string, make: () => unknown): void {
  aside(path);
  make();
}
/** @see row 21, 22 and 24 of test/faults/rows.ts */
const SPOILT: readonly (readonly [string, (path: string) => void])[] = [
  ['has one bit flipped', (path) => rewritten(path, (bytes) => bytes.with(30, (bytes[30] ?? 0) ^ 1))],
  ['is cut', (path) => rewritten(path, (bytes) => bytes.subarray(0, bytes.length - 9))],
  ['is empty', (path) => fs.writeFileSync(path, '')],
  ['is there twice', (path) => rewritten(path, (bytes) => Buffer.concat([bytes, bytes]))],
  ['has more behind it', (path) => fs.appendFileSync(path, '\n')],
  [
    'begins with a byte-order mark',
    (path) => rewritten(path, (bytes) => Buffer.concat([Buffer.from('\uFEFF'), bytes])),
  ],
  ['is too large', (path) => fs.appendFileSync(path, ' '.repeat(2 ** 20))],
  [
    'is no UTF-8',
    (path) =>
      rewritten(path, (bytes) => Buffer.from(bytes.toString('latin1').replace('a', '\xff'), 'latin1')),
  ],
  ['is no JSON', (path) => fs.writeFileSync(path, 'nonsense')],
  ['can be read by its group', (path) => fs.chmodSync(path, 0o640)],
  ['can be read by others', (path) => fs.chmodSync(path, 0o604)],
  ['can be written by others', (path) => fs.chmodSync(path, 0o602)],
  ['can be read by nobody else, and not be written', (path) => fs.chmodSync(path, 0o400)],
  ['can not even be read by us', (path) => fs.chmodSync(path, 0o000)],
  ['is a link to the very same', (path) => fs.symlinkSync(aside(path), path)],
  ['is a link to itself', (path) => instead(path, () => fs.symlinkSync(path, path))],
  ['is a link to nothing', (path) => instead(path, () => fs.symlinkSync('nothing', path))],
  ['is a FIFO', (path) => instead(path, () => execFileSync('mkfifo', ['-m', '600', path]))],
  ['is a folder', (path) => instead(path, () => fs.mkdirSync(path, 0o700))],
  ['is gone', (path) => void aside(path)],
  ['has another name', (path) => fs.renameSync(path, join(cache, `${'e'.repeat(32)}.json`))],
  ...(process.geteuid?.() === 0
    ? [["is somebody else's", (path: string) => fs.chownSync(path, 65_534, 65_534)] as const]
    : []),
];

it.each(SPOILT)('believes no more of a file that %s, and no less', (_, spoil) => {
  store();
  spoil(join(cache, KEY));
  const seen = seenBy(T0 + 1000);
  expect(seen.quick).toEqual(seen.open);
});

/** The folder of the store, or the one above it. */
const FOLDERS: readonly (readonly [string, (path: string) => void])[] = [
  ['can be read by others', (path) => fs.chmodSync(path, 0o755)],
  ['can be written by its group', (path) => fs.chmodSync(path, 0o720)],
  ['is a link to the very same', (path) => fs.symlinkSync(aside(path), path)],
  ['is a link to itself', (path) => instead(path, () => fs.symlinkSync(path, path))],
  ['is a file', (path) => instead(path, () => fs.writeFileSync(path, ''))],
  ['is gone', (path) => void aside(path)],
  ...(process.geteuid?.() === 0
    ? [["is somebody else's", (path: string) => fs.chownSync(path, 65_534, 65_534)] as const]
    : []),
];

describe.each(FOLDERS)('believes no more of what lies in a folder that %s, and no less', (_, spoil) => {
  it.each(['cache', '.'])('%s', (name) => {
    store();
    spoil(join(home, name));
    const seen = seenBy(T0 + 1000);
    expect(seen.quick).toEqual(seen.open);
  });
});

it('and does not fail where the path is none', () => {
  for (const path of ['/dev/null/x', `/${'x'.repeat(5000)}`, '/proc/1/root/x'])
    expect(soundFolder(path)).toBeUndefined();
});

it('believes the same times, from a note of them', () => {
  const up = readUptime();
  // Ages, lives and wishes near one another, so that each is now the shorter one.
  const span = fc.oneof(
    fc.integer({ min: 1000, max: 2 * HOUR }),
    fc.integer({ min: -2 * 60_000, max: 60 * HOUR }),
  );
  const host = fc.oneof(fc.constant(up.host), fc.constant('elsewhere'));
  let [believed, not] = [0, 0];
  fc.assert(
    fc.property(span, span, span, span, host, (age, lives, asked, awake, where) => {
      const lifetimeSeconds = Math.ceil(Math.abs(asked) / 1000) + 1;
      const session = { ...entry().session, expiresAt: T0 + lives };
      const made = entry({ lifetimeSeconds, session });
      const stored = { host: where, milliseconds: Math.max(0, up.milliseconds - Math.abs(awake)) };
      open(T0, stored).write(made);
      const noted = believedOf({ stored: made, uptime: stored });
      const isNoted = noted !== undefined && isBelieved(noted, T0 + age, up);
      expect(isNoted).toBe(open(T0 + age).read(made.key, made.inputs) !== undefined);
      if (isNoted) believed += 1;
      else not += 1;
    }),
    { numRuns: 150, seed: 20_260_301 },
  );
  expect(Math.min(believed, not)).toBeGreaterThan(20);
});
