import * as fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/io/session-store';
import { entry, revealed, scratch, T0 } from '../io/support';
import { SEED, share } from './support/fuzz';

let home: string;
let whole: Buffer;
beforeEach(() => {
  home = scratch();
  open().write(entry());
  whole = fs.readFileSync(place());
});

const open = () => openStore({ home, now: () => T0, warn: (line) => expect(line).toBe('') });
const place = (): string => join(home, 'cache', `${entry().key}.json`);
const stored = (): unknown => revealed(open().read(entry().key, entry().inputs));

/** One way for a file to go bad: bytes lost, put in, turned over, written twice. */
const damage = fc.record({
  how: fc.constantFrom('cut', 'drop', 'insert', 'flip', 'set', 'zero', 'repeat', 'swap'),
  // Millionths of the file. (A double would mostly be one of its ends.)
  at: fc.integer({ min: 0, max: 999_999 }),
  length: fc.integer({ min: 1, max: 64 }),
  byte: fc.integer({ min: 0, max: 255 }),
  bit: fc.integer({ min: 0, max: 7 }),
});
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Buffer, { how, at, length, byte, bit }: Damage): Buffer {
  const index = Math.floor((at / 1_000_000) * bytes.length);
  const [before, here, after] = [
    bytes.subarray(0, index),
    bytes.subarray(index, index + length),
    bytes.subarray(index + length),
  ];
  switch (how) {
    case 'cut':
      return before;
    case 'drop':
      return Buffer.concat([before, after]);
    case 'insert':
      return Buffer.concat([before, Buffer.alloc(length, byte), here, after]);
    case 'flip':
      return Buffer.concat([before, Buffer.of((bytes[index] ?? 0) ^ (1 << bit)), bytes.subarray(index + 1)]);
    case 'set':
      return Buffer.concat([before, Buffer.of(byte), bytes.subarray(index + 1)]);
    case 'zero':
      return Buffer.concat([before, Buffer.alloc(here.length), after]);
    case 'repeat':
      return Buffer.concat([before, here, here, after]);
    case 'swap':
      return Buffer.concat([after, here, before]);
  }
}

describe('row 24: a session whose file has gone bad', () => {
  it('by any one bit: a miss', () => {
    for (let index = 0; index < whole.length * 8; index += 1) {
      const bytes = Buffer.from(whole);
      bytes[index >> 3] = (bytes[index >> 3] ?? 0) ^ (1 << (index & 7));
      fs.writeFileSync(place(), bytes, { mode: 0o600 });
      expect(stored(), `bit ${index}`).toBeUndefined();
    }
  });

  it('is a miss, or the very session that was stored; never another one, never an error', () => {
    const good = revealed(entry());
    const count = share(5_000);
    let misses = 0;
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (all) => {
        fs.writeFileSync(place(), all.reduce(damaged, whole), { mode: 0o600 });
        const found = stored();
        if (found !== undefined) expect(found).toEqual(good);
        else {
          misses += 1;
          expect(fs.existsSync(place())).toBe(false);
        }
      }),
      { numRuns: count, seed: SEED },
    );
    open().write(entry());
    expect(stored()).toEqual(good);
    expect(misses).toBeGreaterThan(count * 0.9);
  });
});
