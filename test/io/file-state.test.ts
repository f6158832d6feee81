import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isPlainFile, isThere, stateOfOpen, stateOfPath } from '../../src/io/file-state';
import { pause, scratch } from './support';

let folder: string;
let file: string;
beforeEach(() => {
  folder = scratch();
  file = join(folder, 'file');
  fs.writeFileSync(file, 'one');
});
const stamp = (path = file): string => stateOfPath(path).stamp;

it('is the same, by name and by descriptor, as long as nothing happens', () => {
  const fd = fs.openSync(file, 'r');
  const state = stateOfPath(file);
  expect(stateOfOpen(file, fd)).toEqual(state);
  fs.closeSync(fd);
  fs.readFileSync(file);
  expect(stateOfPath(file)).toEqual(state);
  expect([isPlainFile(state), isThere(state)]).toEqual([true, true]);
  expect(Math.abs((state.settledAt ?? 0) - Date.now())).toBeLessThan(60_000);
});

/** A tick of the file system's clock is over. */
const tick = (): Promise<void> => pause(30);

it.each<[string, () => void]>([
  ['other bytes, as many', () => fs.writeFileSync(file, 'two')],
  ['the same bytes', () => fs.writeFileSync(file, 'one')],
  ['more bytes', () => fs.appendFileSync(file, '!')],
  [
    'other bytes with the time of before',
    () => {
      const { atime, mtime } = fs.statSync(file);
      fs.writeFileSync(file, 'two');
      fs.utimesSync(file, atime, mtime);
    },
  ],
  [
    'another file with the same times',
    () => {
      const { atime, mtime } = fs.statSync(file);
      fs.writeFileSync(`${file}.new`, 'two');
      fs.utimesSync(`${file}.new`, atime, mtime);
      fs.renameSync(`${file}.new`, file);
    },
  ],
  ['other rights', () => fs.chmodSync(file, 0o600)],
  [
    'another name, and back',
    () => {
      fs.renameSync(file, `${file}.x`);
      fs.renameSync(`${file}.x`, file);
    },
  ],
  ['no file', () => fs.rmSync(file)],
  [
    'a folder',
    () => {
      fs.rmSync(file);
      fs.mkdirSync(file);
    },
  ],
  [
    'a link to another file',
    () => {
      fs.writeFileSync(join(folder, 'other'), 'one');
      fs.rmSync(file);
      fs.symlinkSync('other', file);
    },
  ],
])('is another with %s', async (_, change) => {
  const before = stamp();
  await tick();
  change();
  expect(stamp()).not.toBe(before);
});

it('looks through links', async () => {
  const link = join(folder, 'link');
  fs.symlinkSync('file', link);
  const before = stamp(link);
  expect(before).toBe(stamp());
  await tick();
  fs.writeFileSync(file, 'two');
  expect(stamp(link)).not.toBe(before);
});

describe('what is no plain file', () => {
  it('is told from none', () => {
    const [none, dir, device] = [join(folder, 'none'), folder, '/dev/null'].map(stateOfPath);
    expect(none).toEqual({ path: join(folder, 'none'), stamp: '' });
    expect(dir?.stamp).toBe(device?.stamp);
    expect([none, dir, device].map((state) => state && [isPlainFile(state), isThere(state)])).toEqual([
      [false, false],
      [false, true],
      [false, true],
    ]);
  });

  it.each<[string, () => string]>([
    ['below a file', () => join(file, 'x')],
    [
      'in a circle',
      () => {
        fs.symlinkSync('circle', join(folder, 'circle'));
        return join(folder, 'circle');
      },
    ],
    ['with too long a name', () => join(folder, 'x'.repeat(300))],
  ])('is never settled where it can not be looked at: %s', (_, path) => {
    const state = stateOfPath(path());
    expect(state).toMatchObject({ settledAt: Number.POSITIVE_INFINITY });
    expect([state.stamp === '', isThere(state)]).toEqual([false, false]);
  });
});

it('is settled when a tick of its file system is over, which none that counts whole milliseconds has in less than two seconds', () => {
  // What utimes sets is the time of writing alone; the time of change is the file system's own.
  fs.utimesSync(file, 4_000_000_000, 4_000_000_000);
  const { ctimeMs } = fs.statSync(file);
  const tick = Number.isInteger(ctimeMs) ? 2_000 : 100;
  expect(stateOfPath(file).settledAt).toBe(4_000_000_000_000 + tick);
  fs.utimesSync(file, 1, 1);
  const changed = fs.statSync(file).ctimeMs;
  expect(stateOfPath(file).settledAt).toBe(changed + (Number.isInteger(changed) ? 2_000 : 100));
});
