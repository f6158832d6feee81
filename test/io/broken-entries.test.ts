import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Inputs, SessionStore } from '../../src/core/ports';
import { openStore } from '../../src/io/session-store';
import { entry, revealed, scratch, T0, tree } from './support';

const root = process.getuid?.() === 0;

let home: string;
let cache: string;
let file: string;
let warnings: string[];

beforeEach(() => {
  home = join(scratch(), '.tsawsume');
  cache = join(home, 'cache');
  file = join(cache, `${'a'.repeat(32)}.json`);
  warnings = [];
});

function open(): SessionStore {
  return openStore({ home, now: () => T0 + 1000, warn: (line) => warnings.push(line) });
}

const stored = (): unknown => revealed(open().read(entry().key, entry().inputs));
const fact: Inputs = { longest: 43_200 };

function parsed(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return namesIn(value);
}

const namesIn = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' ? Object.fromEntries(Object.entries(value ?? {})) : {};

describe('what is broken is a miss, removed, and stored anew', () => {
  function heals(): void {
    expect(stored()).toBeUndefined();
    expect(fs.lstatSync(file, { throwIfNoEntry: false })).toBeUndefined();
    open().write(entry());
    expect(stored()).toEqual(revealed(entry()));
    expect(warnings).toEqual([]);
  }

  test('cut off anywhere', () => {
    open().write(entry());
    const whole = fs.readFileSync(file);
    for (let length = 0; length < whole.length - 2; length += 7) {
      fs.writeFileSync(file, whole.subarray(0, length));
      heals();
    }
  });

  test('any value of another type, any value left out', () => {
    open().write(entry());
    const whole = parsed(fs.readFileSync(file, 'utf8'));
    const places = Object.keys(whole).flatMap((name): string[][] =>
      ['session', 'uptime'].includes(name)
        ? [[name], ...Object.keys(namesIn(whole[name])).map((inner) => [name, inner])]
        : [[name]],
    );
    const junk = fc.oneof(
      fc.constantFrom<unknown>(undefined, null, {}, [], '', -1, '2026-03-01', 'a\nb'),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), junk, ([name = '', inner], value) => {
        const broken = structuredClone(whole);
        const text = JSON.stringify(value);
        if (inner === undefined) Object.assign(broken, { [name]: value });
        else broken[name] = { ...namesIn(broken[name]), [inner]: value };
        // Some junk is a value that could have been there.
        fc.pre(!(name === 'profile' && typeof value === 'string' && value !== ''));
        fc.pre(
          !(
            name === 'uptime' &&
            inner !== undefined &&
            (typeof value === 'string' || typeof value === 'number')
          ),
        );
        fc.pre(!(name === 'lifetimeSeconds' && typeof value === 'number' && value > 0));
        fc.pre(!(name === 'session' && typeof value === 'string' && /^[!-~]+$/.test(value)));
        fc.pre(!(name === 'inputs' && text === JSON.stringify(whole['inputs'])));
        fs.writeFileSync(file, JSON.stringify(broken), { mode: 0o600 });
        heals();
      }),
      { numRuns: 300 },
    );
  });

  test('any bytes, bytes that are no UTF-8, 50 MB, a million brackets', () => {
    open().write(entry());
    const whole = fs.readFileSync(file);
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        fs.writeFileSync(file, bytes, { mode: 0o600 });
        heals();
      }),
      { numRuns: 100 },
    );
    const garbled = Buffer.from(whole);
    garbled[garbled.indexOf('secret/key')] = 0xff;
    for (const bytes of [
      garbled,
      Buffer.alloc(1_000_000, '['),
      Buffer.alloc(50_000_000, ' '),
      Buffer.concat([whole, whole]),
    ]) {
      fs.writeFileSync(file, bytes, { mode: 0o600 });
      heals();
    }
  });

  test.each([0o644, 0o666, 0o640, 0o601, 0o777])('mode %o', (mode) => {
    open().write(entry());
    fs.chmodSync(file, mode);
    heals();
  });

  test.skipIf(!root)('another owner', () => {
    open().write(entry());
    fs.chownSync(file, 65_534, 65_534);
    heals();
  });

  test('a link, also a dangling one; what it leads to stays', () => {
    open().write(entry());
    const real = join(home, 'real.json');
    fs.renameSync(file, real);
    for (const target of [real, 'nowhere', file]) {
      fs.rmSync(file, { force: true });
      fs.symlinkSync(target, file);
      heals();
    }
    expect(fs.existsSync(real)).toBe(true);
  });

  test('a FIFO, an empty folder, a device: no hang', () => {
    fs.mkdirSync(home);
    fs.mkdirSync(cache, 0o700);
    execFileSync('mkfifo', ['-m', '600', file]);
    heals();
    fs.unlinkSync(file);
    fs.mkdirSync(file);
    heals();
    if (!root) return;
    fs.unlinkSync(file);
    execFileSync('mknod', ['-m', '600', file, 'c', '1', '5']);
    heals();
  });

  test('a folder with something in it stays, and is a warning', () => {
    fs.mkdirSync(join(file, 'full'), { recursive: true });
    fs.chmodSync(cache, 0o700);
    expect(stored()).toBeUndefined();
    open().write(entry());
    expect(warnings.length).toBe(1);
    expect(tree(cache)).toEqual([`${'a'.repeat(32)}.json`, `${'a'.repeat(32)}.json/full`, 'tmp']);
  });

  test('facts are read with the same care', () => {
    open().remember('x', fact);
    const path = join(cache, tree(cache)[0] ?? '');
    for (const spoil of [
      () => fs.chmodSync(path, 0o644),
      () => fs.writeFileSync(path, '{}'),
      () => fs.writeFileSync(path, '{"version":1,"fact":"y","value":{}}'),
    ]) {
      open().remember('x', fact);
      spoil();
      expect([open().recall('x'), fs.existsSync(path)]).toEqual([undefined, false]);
    }
  });
});
