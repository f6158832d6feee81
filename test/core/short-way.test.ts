import { describe, expect, it } from 'vitest';
import type { Inputs } from '../../src/core/ports';
import { DECIDING, decidingEnvironment, recallWay, rememberWay } from '../../src/core/short-way';
import { MemoryStore } from '../support/fakes';
import { cacheKey, profileName } from '../io/support-entry';

const WAY = {
  version: '1.2.3',
  profile: profileName('reader'),
  region: 'eu-west-1',
  key: cacheKey('a'),
  inputs: '{}',
  ofUser: false,
  minTtlSeconds: 300,
  environment: '[]',
  paths: ['/a', '/b'],
  stamps: ['1', ''],
};

describe('a way that was remembered', () => {
  it.each([WAY, { ...WAY, region: undefined }, { ...WAY, ofUser: true, paths: [], stamps: [] }])(
    'comes back',
    (way) => {
      const store = new MemoryStore();
      rememberWay(store, way);
      expect(recallWay(store, 'reader')).toEqual(way);
      expect(recallWay(store, 'other')).toBeUndefined();
      expect([...store.facts.keys()]).toEqual(['way reader']);
    },
  );

  it('is written when it is another, and not again', () => {
    const store = new MemoryStore();
    const writes: string[] = [];
    const remember = store.remember.bind(store);
    store.remember = (fact, value) => {
      writes.push(fact);
      remember(fact, value);
    };
    rememberWay(store, WAY);
    rememberWay(store, { ...WAY, paths: [...WAY.paths] });
    expect(writes).toEqual(['way reader']);
    rememberWay(store, { ...WAY, stamps: ['2', ''] });
    rememberWay(store, { ...WAY, stamps: ['2', ''], region: undefined });
    expect([writes.length, recallWay(store, 'reader')?.region]).toEqual([3, undefined]);
  });

  const { profile, ...good } = WAY;
  const without = (name: string): Inputs =>
    Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));
  it.each<[string, Inputs]>([
    ...Object.keys(good).map((name): [string, Inputs] => [`has no ${name}`, without(name)]),
    ...Object.keys(good).map((name): [string, Inputs] => [
      `has an object for ${name}`,
      { ...good, [name]: {} },
    ]),
    ...['region', 'inputs', 'environment', 'version'].map((name): [string, Inputs] => [
      `has a number for ${name}`,
      { ...good, [name]: 1 },
    ]),
    ['has a key that is none', { ...good, key: '../../etc/passwd' }],
    ['has one stamp less', { ...good, stamps: ['1'] }],
    ['has one stamp more', { ...good, stamps: ['1', '', ''] }],
    ['has a text for its paths', { ...good, paths: 'ab' }],
    ['has objects for its stamps', { ...good, stamps: [{}, {}] }],
    ['has a text for its seconds', { ...good, minTtlSeconds: '300' }],
    ['says yes and no in words', { ...good, ofUser: 'true' }],
    ['is empty', {}],
  ])('is none that %s', (_what, value) => {
    const store = new MemoryStore();
    store.remember(`way ${profile}`, value);
    expect(recallWay(store, 'reader')).toBeUndefined();
    store.remember('way reader', { ...good });
    expect(recallWay(store, 'reader')).toBeDefined();
  });

  it('is none of a name that is none', () => {
    const store = new MemoryStore();
    store.remember('way ', { ...good });
    expect(recallWay(store, '')).toBeUndefined();
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
