import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { noteUse } from '../../src/io/note-use';
import { openStore } from '../../src/io/session-store';
import { usedLast } from '../../src/io/used-profiles';
import { scratch, T0 } from './support';

let home: string;
let cache: string;
let now: number;

beforeEach(() => {
  home = join(scratch(), '.tsawsume');
  cache = join(home, 'cache');
  fs.mkdirSync(cache, { recursive: true, mode: 0o700 });
  now = T0;
});

const use = (...profiles: readonly string[]): void => {
  for (const profile of profiles) noteUse(cache, profile, (now += 5));
};

/** Something else in a file's place. */
const instead =
  (make: (path: string) => void) =>
  (path: string): void => {
    fs.rmSync(path);
    make(path);
  };

describe('the profiles that shells became', () => {
  it('the latest first, each once, a few', () => {
    use('a', 'b', 'a', '__proto__', 'a name\nof two lines', 'b');
    expect(usedLast(cache)).toEqual(['b', 'a name\nof two lines', '__proto__', 'a']);
    for (let at = 0; at < 80; at += 1) use(`p${String(at)}`);
    expect(usedLast(cache)).toHaveLength(50);
    expect(usedLast(cache)[0]).toBe('p79');
  });

  it('lie in files that only we can read, and one that comes again is written no more', () => {
    use('a');
    const [name = ''] = fs.readdirSync(cache);
    const before = fs.statSync(join(cache, name));
    expect(before.mode & 0o777).toBe(0o600);
    use('b', 'a');
    const after = fs.statSync(join(cache, name));
    expect([after.ino, after.size, after.mtimeMs > before.mtimeMs]).toEqual([before.ino, before.size, true]);
    expect(usedLast(cache)).toEqual(['a', 'b']);
  });

  it.each([
    ['is cut short', (path: string) => fs.writeFileSync(path, '')],
    ['names another', (path: string) => fs.writeFileSync(path, 'c')],
    ['others can write', (path: string) => fs.chmodSync(path, 0o602)],
    ['is a folder', instead((path) => fs.mkdirSync(path))],
    ['is a link to itself', instead((path) => fs.symlinkSync(path, path))],
  ])('one whose file %s is nobody, until it is its turn again', (_, spoil) => {
    use('a');
    const [name = ''] = fs.readdirSync(cache);
    spoil(join(cache, name));
    use('b');
    expect(usedLast(cache)).toEqual(['b']);
    use('a');
    expect(usedLast(cache)).toEqual(['a', 'b']);
  });

  it('are forgotten with the sessions', () => {
    use('a', 'b');
    openStore({ home, now: () => now, warn: () => undefined }).clear();
    expect([usedLast(cache), fs.readdirSync(cache)]).toEqual([[], []]);
  });

  it('where there is no folder, there are none, and nothing fails', () => {
    fs.rmSync(home, { recursive: true });
    use('a');
    expect([usedLast(cache), fs.existsSync(home)]).toEqual([[], false]);
  });
});
