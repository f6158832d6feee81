import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  around,
  DECIDING,
  decidingEnvironment,
  formatWay,
  parseWay,
  wayName,
  writingEnvironment,
  type Line,
  type ShortWay,
} from '../../src/core/short-way';
import { WAY_NAME } from '../../src/io/cache-folder';
import { cacheKey } from '../io/support-entry';

const VERSION = '1.2.3';
const LINE: Line = ['bash', 'reader'];
const WAY: ShortWay = {
  version: VERSION,
  line: LINE,
  key: cacheKey('a'),
  accessKeyId: 'ASIA1',
  believed: { from: 1, until: 2, uptime: { host: 'h', milliseconds: 3 } },
  text: ['a', 'b', 'c'],
  hidden: false,
  told: { line: 'until (in ', expiresAt: 2, used: 'use-0.txt' },
  environment: '[]',
  paths: ['/a', '/b'],
  stamps: ['1', ''],
};
const parse = (text: string, line = LINE): ShortWay | undefined => parseWay(text, line, VERSION);

describe('the file of a way', () => {
  it.each<[Line, string]>([
    [['', 'reader'], 'way-%20reader.txt'],
    [['bash', 'reader'], 'way-bash%20reader.txt'],
    [['fish', 'my role'], 'way-fish%20my%20role.txt'],
    [['', '../../etc'], 'way-%20..%2F..%2Fetc.txt'],
    [['zsh', 'prüfung'], 'way-zsh%20pr%C3%BCfung.txt'],
    [['', 'export', '--format=json', 'x'], 'way-%20export%20--format%3Djson%20x.txt'],
  ])('is named by the line: %j', (line, name) => {
    expect(wayName(line)).toBe(name);
  });

  it('is one of our folder, whatever the line is, and no longer than a name may be', () => {
    const word = fc.oneof(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.string({ minLength: 190, maxLength: 300 }),
      fc.constant('half a character: \ud83d'),
    );
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 3 }), (shell, words) => {
        const name = wayName([shell, ...words]);
        if (name === undefined) return;
        expect(name).toMatch(WAY_NAME);
        expect(name.length).toBeLessThanOrEqual(255);
      }),
    );
  });

  it.each(['x'.repeat(300), '\ud83d'])('there is none where the line can be no name', (word) => {
    expect(wayName(['', word])).toBeUndefined();
  });

  it.each<[readonly string[], boolean]>([
    [['--mfa-token', '123456', 'x'], false],
    [['--mfa-token=123456', 'x'], false],
    [['--json', '{"SecretAccessKey":"s"}'], false],
    [['-s', 'x'], false],
    [['-', 'x'], false],
    [['---format', 'x'], false],
    [['--formats', 'x'], false],
    [['export', '--min-ttls=5', 'x'], false],
    [['export', '--min-ttl', '5', '--', 'x'], true],
    [['export', '--format=', 'x'], true],
  ])('there is none where a flag may hold what is nobody’s business: %j', (words, isNamed) => {
    expect(wayName(['', ...words]) !== undefined).toBe(isNamed);
  });
});

describe('a way that was kept', () => {
  it.each<ShortWay>([
    WAY,
    { ...WAY, told: null },
    { ...WAY, line: ['', 'reader'], hidden: true, paths: [], stamps: [] },
  ])('comes back', (way) => {
    expect(parse(formatWay(way), way.line)).toMatchObject(way);
    expect(parse(formatWay(way), ['', 'other'])).toBeUndefined();
    expect(parse(formatWay(way), [...way.line, ''])).toBeUndefined();
    expect(parseWay(formatWay(way), way.line, '1.2.4')).toBeUndefined();
  });

  it('comes back whatever is in it, and never with one character changed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(fc.string()), fc.nat(), (name, paths, at) => {
        const way = { ...WAY, line: ['', name] as const, paths, stamps: paths };
        const text = formatWay(way);
        expect(parse(text, ['', name])).toMatchObject(way);
        const index = at % text.length;
        const other = text[index] === 'x' ? 'y' : 'x';
        expect(parse(text.slice(0, index) + other + text.slice(index + 1), ['', name])).toBeUndefined();
        expect(parse(text.slice(0, index), ['', name])).toBeUndefined();
      }),
    );
  });

  const good: Record<string, unknown> = { form: 2, ...WAY };
  const twice = (value: unknown): string => `${JSON.stringify(value)}\n`.repeat(2);
  const without = (name: string): unknown =>
    Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  it.each<[string, string]>([
    ...['form', 'version', 'line', 'key', 'text', 'paths', 'stamps'].flatMap((name): [string, string][] => [
      [`has no ${name}`, twice(without(name))],
      [`has an object for ${name}`, twice({ ...good, [name]: {} })],
      [`has a number for ${name}`, twice({ ...good, [name]: 7 })],
    ]),
    ['has a key that is none', twice({ ...good, key: '../../etc/passwd' })],
    ['has one piece less', twice({ ...good, text: ['a', 'b'] })],
    ['has a text for its paths', twice({ ...good, paths: 'ab' })],
    ['has objects for its stamps', twice({ ...good, stamps: [{}, {}] })],
    ['is of another form', twice({ ...good, form: 1 })],
    ['is a list', twice([])],
    ['is nothing', twice(null)],
    ['is empty', ''],
    ['stands there once', JSON.stringify(good)],
    ['is no JSON', 'x\nx\n'],
  ])('is none that %s', (_what, text) => {
    expect(parse(text)).toBeUndefined();
    expect(parse(twice(good))).toMatchObject(WAY);
  });
});

describe('a text without its two secrets', () => {
  it.each<[string, readonly string[] | undefined]>([
    ['x SECRET y TOKEN z', ['x ', ' y ', ' z']],
    ['SECRETTOKEN', ['', '', '']],
    ['x TOKEN y SECRET z', undefined],
    ['x SECRET y SECRET z TOKEN', undefined],
    ['TOKEN SECRET TOKEN', undefined],
    ['SECRET TOKEN TOKEN', undefined],
    ['x SECRET y', undefined],
    ['x TOKEN y', undefined],
    ['', undefined],
  ])('%j', (text, pieces) => {
    expect(around(text, 'SECRET', 'TOKEN')).toEqual(pieces);
  });

  it('is never taken apart where one is in the other, or there is none', () => {
    expect(around('a XY b X c', 'X', 'XY')).toBeUndefined();
    expect(around('a XY b X c', 'XY', 'X')).toEqual(['a ', ' b ', ' c']);
    expect(around('a X b', 'X', '')).toBeUndefined();
    expect(around('a X b', '', 'X')).toBeUndefined();
  });

  it('comes back whole with them in it, and holds neither', () => {
    const letters = fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom('a', 'b', "'") });
    const text = fc.string({ maxLength: 12, unit: fc.constantFrom('a', 'b', "'") });
    let taken = 0;
    fc.assert(
      fc.property(text, text, text, letters, letters, (one, two, three, secret, token) => {
        const whole = `${one}${secret}${two}${token}${three}`;
        const pieces = around(whole, secret, token);
        if (pieces === undefined) return;
        taken += 1;
        expect(pieces[0] + secret + pieces[1] + token + pieces[2]).toBe(whole);
        for (const piece of pieces) for (const each of [secret, token]) expect(piece).not.toContain(each);
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

describe('what of the environment decides', () => {
  it.each(DECIDING)('%s; empty is as good as none', (name) => {
    const bare = decidingEnvironment({});
    expect(decidingEnvironment({ [name]: '' })).toBe(bare);
    expect(decidingEnvironment({ [name]: 'x' })).not.toBe(bare);
    expect(decidingEnvironment({ [name]: 'x' })).not.toBe(decidingEnvironment({ [name]: 'y' }));
  });

  it('tells which variable it is', () => {
    const texts = DECIDING.map((name) => decidingEnvironment({ [name]: '","x' }));
    expect(new Set(texts).size).toBe(DECIDING.length);
  });

  it('the own region, by either name, and never one of ours', () => {
    const bare = decidingEnvironment({});
    const own = decidingEnvironment({ AWS_REGION: 'eu-west-1' });
    expect(own).not.toBe(bare);
    expect(decidingEnvironment({ AWS_DEFAULT_REGION: 'eu-west-1' })).toBe(own);
    expect(decidingEnvironment({ AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'x' })).toBe(own);
    const both = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' };
    expect(decidingEnvironment(both)).toBe(own);
    expect(decidingEnvironment({ ...both, TSAWSUME_PROFILE: 'x' })).toBe(bare);
  });

  it('and nothing else', () => {
    expect(decidingEnvironment({ PATH: 'x', AWS_PROFILE: 'x', TSAWSUME_SHELL: 'x', TZ: 'x' })).toBe(
      decidingEnvironment({}),
    );
  });
});

describe('what of the environment is in the text', () => {
  const bare = writingEnvironment({});
  it.each<[string, Record<string, string>, boolean]>([
    ['what decides', { AWS_CONFIG_FILE: 'x' }, false],
    ['a TZ', { TZ: 'UTC' }, false],
    ['an empty TZ, which is UTC', { TZ: '' }, false],
    ['a name to clear that no list has', { AWSUME_FLAG: 'x' }, false],
    ['another container’s', { AWS_CONTAINER_CREDENTIALS_NEW: '' }, false],
    [
      'a name that is cleared anyway',
      { AWSUME_PROFILE: 'x', AWS_PROFILE: 'x', AWS_SESSION_TOKEN: 'x' },
      true,
    ],
    ['a name that no shell has', { AWSUME_x: 'x', 'AWSUME_$(id)': 'x' }, true],
    ['anything else', { PATH: 'x', LANG: 'x', AWS_PAGER: 'x' }, true],
  ])('%s', (_what, env, isSame) => {
    expect(writingEnvironment(env) === bare).toBe(isSame);
  });

  it('tells the names, not their values', () => {
    const one = writingEnvironment({ AWSUME_FLAG: 'x' });
    expect(writingEnvironment({ AWSUME_FLAG: 'y' })).toBe(one);
    expect(writingEnvironment({ AWSUME_FLAGS: 'x' })).not.toBe(one);
  });
});
