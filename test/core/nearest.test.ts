import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/core/nearest';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['a', '', 1],
    ['prod', 'prdo', 1],
    ['prod', 'pro', 1],
    ['kitten', 'sitting', 3],
    ['ab', 'ba', 1],
  ] as const)('%s → %s: %i', (a, b, distance) => expect(editDistance(a, b, 5)).toBe(distance));

  it('is the same both ways, 0 only for the same, and never beyond the limit + 1', () => {
    const word = fc.stringMatching(/^[abc]{0,8}$/);
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 8 }), (a, b, limit) => {
        const distance = editDistance(a, b, limit);
        expect(distance).toBe(editDistance(b, a, limit));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(limit + 1);
        expect(distance).toBe(Math.min(editDistance(a, b, 20), limit + 1));
      }),
    );
  });
});

describe('nearest', () => {
  const names = ['default', 'prod-admin', 'prod-read', 'staging', 'dev', 'Dev2'];
  it.each([
    ['prod-admn', ['prod-admin']],
    ['stagnig', ['staging']],
    ['DEV', ['dev', 'Dev2']],
    ['prod', ['prod-admin', 'prod-read']],
    ['my-staging-x', ['staging']],
    ['q', []],
    ['zz', []],
    ['completely-other', []],
  ])('%s: %j', (wanted, found) => expect(nearest(wanted, names)).toEqual(found));

  it('has a threshold: a third of the letters, three at most; and names three at most', () => {
    const word = fc.stringMatching(/^[a-e]{1,9}$/);
    fc.assert(
      fc.property(word, fc.uniqueArray(word, { maxLength: 12 }), (wanted, all) => {
        const found = nearest(wanted, all);
        expect(found.length).toBeLessThanOrEqual(3);
        const limit = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)));
        for (const name of found) {
          const contained = name.includes(wanted) || wanted.includes(name);
          expect(contained || editDistance(wanted, name, 20) <= limit).toBe(true);
        }
        if (all.includes(wanted)) expect(found[0]).toBe(wanted);
      }),
    );
  });
});
