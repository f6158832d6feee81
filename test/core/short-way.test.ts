import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DECIDING, decidingEnvironment, formatWay, parseWay, wayName } from '../../src/core/short-way';
import { FACT_NAME } from '../../src/io/cache-folder';
import { cacheKey, profileName } from '../io/support-entry';

const WAY = {
  version: '1.2.3',
  profile: profileName('reader'),
  region: 'eu-west-1',
  key: cacheKey('a'),
  inputs: '{}',
  ofUser: false,
  environment: '[]',
  paths: ['/a', '/b'],
  stamps: ['1', ''],
};

describe('the file of a way', () => {
  it.each([
    ['reader', 'way-reader.txt'],
    ['my role', 'way-my%20role.txt'],
    ['../../etc', 'way-..%2F..%2Fetc.txt'],
    ['prüfung', 'way-pr%C3%BCfung.txt'],
  ])('is named by the word: %s', (word, name) => {
    expect(wayName(word)).toBe(name);
  });

  it('is one of our folder, whatever the word is, and no longer than a name may be', () => {
    const words = fc.oneof(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.string({ minLength: 190, maxLength: 300 }),
      fc.constant('half a character: \ud83d'),
    );
    fc.assert(
      fc.property(words, (word) => {
        expect(wayName(word)).toMatch(FACT_NAME);
        expect(wayName(word).length).toBeLessThanOrEqual(255);
      }),
    );
  });

  it.each(['x'.repeat(300), '\ud83d'])('is named by a sum where the word can be no name', (word) => {
    expect(wayName(word)).toMatch(/^way-[0-9a-f]{16}\.txt$/);
  });
});

describe('a way that was kept', () => {
  it.each([WAY, { ...WAY, region: undefined }, { ...WAY, ofUser: true, paths: [], stamps: [] }])(
    'comes back',
    (way) => {
      expect(parseWay(formatWay(way), 'reader')).toEqual(way);
      expect(parseWay(formatWay(way), 'other')).toBeUndefined();
    },
  );

  it('comes back whatever is in it, and never with one character changed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(fc.string()), fc.nat(), (name, paths, at) => {
        const way = { ...WAY, profile: profileName(name), paths, stamps: paths };
        const text = formatWay(way);
        expect(parseWay(text, name)).toEqual(way);
        const index = at % text.length;
        const other = text[index] === 'x' ? 'y' : 'x';
        expect(parseWay(text.slice(0, index) + other + text.slice(index + 1), name)).toBeUndefined();
        expect(parseWay(text.slice(0, index), name)).toBeUndefined();
      }),
    );
  });

  const good: Record<string, unknown> = { form: 1, ...WAY };
  const twice = (value: unknown): string => `${JSON.stringify(value)}\n`.repeat(2);
  const without = (name: string): unknown =>
    Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  it.each<[string, string]>([
    ...Object.keys(good).map((name): [string, string] => [`has no ${name}`, twice(without(name))]),
    ...Object.keys(good).map((name): [string, string] => [
      `has an object for ${name}`,
      twice({ ...good, [name]: {} }),
    ]),
    ...['region', 'inputs', 'environment', 'version', 'profile'].map((name): [string, string] => [
      `has a number for ${name}`,
      twice({ ...good, [name]: 1 }),
    ]),
    ['has a key that is none', twice({ ...good, key: '../../etc/passwd' })],
    ['has one stamp less', twice({ ...good, stamps: ['1'] })],
    ['has one stamp more', twice({ ...good, stamps: ['1', '', ''] })],
    ['has a text for its paths', twice({ ...good, paths: 'ab' })],
    ['has objects for its stamps', twice({ ...good, stamps: [{}, {}] })],
    ['says yes and no in words', twice({ ...good, ofUser: 'true' })],
    ['is of another form', twice({ ...good, form: 2 })],
    ['is a list', twice([])],
    ['is nothing', twice(null)],
    ['is empty', ''],
    ['stands there once', JSON.stringify(good)],
    ['is no JSON', 'x\nx\n'],
  ])('is none that %s', (_what, text) => {
    expect(parseWay(text, 'reader')).toBeUndefined();
    expect(parseWay(twice(good), 'reader')).toEqual(WAY);
  });

  it('is none of a name that is none', () => {
    expect(parseWay(twice({ ...good, profile: '' }), '')).toBeUndefined();
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
