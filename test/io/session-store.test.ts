import * as fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Inputs } from '../../src/core/ports';
import { openStore, type FileStore } from '../../src/io/session-store';
import { cacheKey, entry, HOUR, revealed, scratch, T0, tree } from './support';

const modeOf = (path: string): number => fs.lstatSync(path).mode & 0o7777;

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

function open(now = T0 + 1000, up = 500_000): FileStore {
  return openStore({
    home,
    now: () => now,
    warn: (line) => warnings.push(line),
    uptime: () => ({ host: 'here', milliseconds: up }),
  });
}

const stored = (store = open()): unknown => revealed(store.read(entry().key, entry().inputs));
const fact: Inputs = { longest: 43_200 };

describe('what was stored comes back', () => {
  test('a session, in 0600 and 0700, with times in UTC', () => {
    open().write(entry());
    expect(stored()).toEqual(revealed(entry()));
    expect([home, cache, join(cache, 'tmp'), file].map(modeOf)).toEqual([0o700, 0o700, 0o700, 0o600]);
    expect(fs.readFileSync(file, 'utf8')).toContain('"expiration": "2026-03-01T13:00:00.000Z"');
    expect(tree(cache)).toEqual([`${'a'.repeat(32)}.json`, 'tmp']);
    expect(warnings).toEqual([]);
  });

  test('a principal, and tokens of 100 KB', () => {
    const session = { ...entry().session, principalArn: 'arn:aws:sts::123456789012:assumed-role/reader/me' };
    open().write(entry({ session }));
    expect(stored()).toEqual(revealed(entry({ session })));
  });

  test('facts: remembered, replaced, forgotten, kept apart', () => {
    open().remember('../role', fact);
    open().remember('other', {});
    open().remember('../role', { longest: 3600 });
    expect([open().recall('../role'), open().recall('other'), open().recall('none')]).toEqual([
      { longest: 3600 },
      {},
      undefined,
    ]);
    open().forget('../role');
    open().forget('none');
    expect([open().recall('../role'), open().recall('other')]).toEqual([undefined, {}]);
    expect(tree(cache).filter((name) => !/^(fact-[0-9a-f]{16}\.json|tmp)$/.test(name))).toEqual([]);
  });

  test('all, drop and clear', () => {
    const other = entry({ key: cacheKey('b'), obtainedAt: T0 - 2 * HOUR, lifetimeSeconds: 3 * 3600 });
    const over = entry({ key: cacheKey('c'), session: { ...entry().session, expiresAt: T0 + 1 } });
    for (const one of [entry(), other, over]) open().write(one);
    open().remember('fact', fact);
    expect(open().all().map(revealed)).toEqual([entry(), other].map(revealed));
    open().drop(other.key);
    open().drop(other.key);
    expect(
      open()
        .all()
        .map(({ key }) => key),
    ).toEqual([entry().key]);
    expect(open().clear()).toBe(2);
    expect(open().clear()).toBe(0);
    expect(tree(cache)).toEqual(['tmp']);
  });

  test('looking makes nothing', () => {
    expect(stored()).toBeUndefined();
    expect([open().all(), open().recall('x'), open().clear()]).toEqual([[], undefined, 0]);
    open().drop(entry().key);
    open().forget('x');
    expect(fs.existsSync(home)).toBe(false);
    expect(warnings).toEqual([]);
  });

  test('a sweep removes sessions that ended days ago; living ones stay, however long they live', () => {
    const long = entry({ key: cacheKey('b'), lifetimeSeconds: 30 * 86_400 });
    const later = T0 + 3 * 86_400_000;
    open().write(entry());
    open().write({ ...long, session: { ...long.session, expiresAt: T0 + 30 * 86_400_000 } });
    for (const name of tree(cache)) fs.utimesSync(join(cache, name), T0 / 1000, T0 / 1000);
    open(later).sweep();
    expect(tree(cache).map((name) => name.slice(0, 2))).toEqual(['bb', 'tm']);
  });
});

test('a sweep removes ways that nobody has gone for days, and no other names', () => {
  const [old, young, other] = ['way-%20old.txt', 'way-bash%20young.txt', 'answer-0123456789abcdef.txt'];
  for (const name of [old, young, other, 'way-x']) open().keep(name, 'x\n');
  for (const name of [old, other, 'way-x']) fs.utimesSync(join(cache, name), T0 / 1000, T0 / 1000);
  fs.utimesSync(join(cache, young), T0 / 1000 + 2 * 86_400, T0 / 1000 + 2 * 86_400);
  open(T0 + 3 * 86_400_000).sweep();
  expect(tree(cache).filter((name) => name !== 'tmp')).toEqual([other, young, 'way-x'].sort());
});

describe('what can not be believed is a miss', () => {
  test.each([
    ['at its end', T0 + HOUR, T0 + HOUR, 0],
    ['an hour after', T0 + 2 * HOUR, T0 + HOUR, 0],
    ['before it was stored: the clock was set back by 2 hours', T0 - 2 * HOUR, T0 + HOUR, 0],
    ['a day before', T0 - 24 * HOUR, T0 + HOUR, 0],
    ['an expiry in another time zone, later than what was asked for', T0 + 62 * 60_000, T0 + 9 * HOUR, 0],
    ['an expiry more than a day off', T0 + 1000, T0 + 30 * HOUR, 0],
    ['an expiry before it was stored', T0 - 30_000, T0 - 1, 0],
    ['the clock was set back by an hour, 80 minutes have passed', T0 + 20 * 60_000, T0 + HOUR, 80 * 60_000],
    ['the clock was set back to the moment of storing', T0, T0 + HOUR, HOUR],
  ])('%s', (_, now, expiresAt, passed) => {
    open().write(entry({ session: { ...entry().session, expiresAt } }));
    expect(stored(open(now, 500_000 + passed))).toBeUndefined();
    // Only the clock speaks against it, and a clock may be wrong: the entry stays.
    expect(fs.existsSync(file)).toBe(true);
  });

  test.each([
    ['in its last second', T0 + HOUR - 1, T0 + HOUR, HOUR - 1],
    ['a clock that was corrected by seconds', T0 - 30_000, T0 + HOUR, 0],
    ['after a reboot', T0 + HOUR / 2, T0 + HOUR, -400_000],
    ['stored while the clock was 2 hours behind', T0 + HOUR / 2, T0 + 3 * HOUR, HOUR / 2],
  ])('but a hit: %s', (_, now, expiresAt, passed) => {
    open().write(entry({ session: { ...entry().session, expiresAt } }));
    expect(stored(open(now, 500_000 + passed))).toBeDefined();
  });

  test('the uptime of another host says nothing', () => {
    open().write(entry());
    const there = openStore({
      home,
      now: () => T0,
      warn: () => undefined,
      uptime: () => ({ host: 'there', milliseconds: 9e9 }),
    });
    expect(stored(there)).toBeDefined();
  });

  test('any changed input, one at a time; then the entry is gone', () => {
    const changed = fc.oneof(
      fc.constantFrom<Inputs>({}, { ...entry().inputs, extra: 1 }, { ...entry().inputs, tags: ['a=c'] }),
      fc.constantFrom<Inputs>(
        { ...entry().inputs, tags: ['a=b', ''] },
        { ...entry().inputs, source: { id: null } },
      ),
      fc.constantFrom<Inputs>(
        { ...entry().inputs, source: {} },
        { ...entry().inputs, source: [{ id: 'AKIAEXAMPLE' }] },
      ),
      fc
        .tuple(
          fc.constantFrom(...Object.keys(entry().inputs)),
          fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.boolean()),
        )
        .map(([name, value]): Inputs => ({ ...entry().inputs, [name]: value }))
        .filter(
          (inputs) =>
            inputs['duration'] !== 3600 ||
            typeof inputs['role'] !== 'string' ||
            inputs['role'] !== entry().inputs['role'] ||
            !Array.isArray(inputs['tags']),
        ),
    );
    fc.assert(
      fc.property(changed, (inputs) => {
        fc.pre(JSON.stringify(inputs) !== JSON.stringify(entry().inputs));
        open().write(entry());
        expect(open().read(entry().key, inputs)).toBeUndefined();
        expect(fs.existsSync(file)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('inputs in another order are the same inputs; hostile names are plain names', () => {
    const inputs: Inputs = {
      ['__proto__']: { x: 1 },
      constructor: 'c',
      toString: ['\ud800', 'é'],
      n: 0.1,
    };
    const reversed = Object.fromEntries(Object.entries(inputs).reverse());
    open().write(entry({ inputs }));
    expect(open().read(entry().key, reversed)).toBeDefined();
    expect(open().read(entry().key, { ...reversed, constructor: 'd' })).toBeUndefined();
  });
});
