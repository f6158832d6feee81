import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findProfile } from '../../src/core/find-profile';
import { named } from '../support/profile-files';

const find = (wanted: string, names: readonly string[]): string => {
  const found = findProfile(wanted, names.map(named));
  return 'name' in found
    ? found.kind === 'exact'
      ? found.name
      : `${found.name} by ${found.how}`
    : [found.kind, ...found.suggestions].join(' ');
};

describe('a profile by a name that is nearly its own', () => {
  it.each([
    ['cli-role', ['cli-role', 'cli-role-2'], 'cli-role'],
    ['CLI-role', ['cli-role', 'other'], 'cli-role by case'],
    ['DEV', ['dev', 'Dev'], 'unclear Dev dev'],
    ['cli', ['cli-role', 'dev'], 'cli-role by beginning'],
    ['d', ['cli-role', 'dev'], 'dev by beginning'],
    ['prod', ['prod-b', 'prod-a'], 'unclear prod-a prod-b'],
    // What begins so is not chosen between by a laxer rule.
    ['prod-', ['prod-aa', 'prod-bb', 'my-prod-x'], 'unclear prod-aa prod-bb'],
    ['pad', ['prod-admin', 'dev'], 'prod-admin by letters'],
    ['admin', ['company-prod-admin', 'dev'], 'company-prod-admin by letters'],
    ['rod', ['prod-admin'], 'unknown prod-admin'],
    ['pa', ['xprod-admin'], 'unknown'],
    ['xyz', ['a-very-long-name-with-x-y-z-in-its-midst'], 'unknown'],
    ['cli-rloe', ['cli-role', 'dev'], 'cli-role by spelling'],
    ['produktion', ['production', 'dev'], 'production by spelling'],
    // Another digit, another short word: another profile.
    ['prod3', ['prod1'], 'unknown prod1'],
    ['prod-eu', ['prod-us'], 'unknown prod-us'],
    ['q', ['dev', 'prod'], 'unknown'],
    ['', ['dev'], 'unknown'],
    ['anything', [], 'unknown'],
  ])('%j among %j: %s', (wanted, names, expected) => {
    expect(find(wanted, names)).toBe(expected);
  });

  const word = fc.string({
    unit: fc.constantFrom('a', 'b', 'A', '1', '-', '_', 'é', '中', '$', '\\'),
    minLength: 1,
    maxLength: 8,
  });
  const names = fc.uniqueArray(word, { maxLength: 8 }).map((all) => all.map(named));

  it('is itself whenever there is one of that name', () => {
    fc.assert(
      fc.property(names, word, (all, wanted) => {
        expect(findProfile(wanted, [...all, named(wanted)])).toEqual({ kind: 'exact', name: wanted });
      }),
    );
  });

  it('is one of the profiles, and never one of two that begin so', () => {
    fc.assert(
      fc.property(names, word, (all, wanted) => {
        const found = findProfile(wanted, all);
        const given = 'name' in found ? [found.name] : found.suggestions;
        for (const name of given) expect(all).toContain(name);
        const beginSo = all.filter((name) => name.toLowerCase().startsWith(wanted.toLowerCase()));
        const same = all.filter((name) => name.toLowerCase() === wanted.toLowerCase());
        if (beginSo.length > 1 && same.length === 0) expect(found.kind).toBe('unclear');
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order of the profiles', () => {
    fc.assert(
      fc.property(names, word, (all, wanted) => {
        expect(findProfile(wanted, [...all].reverse())).toEqual(findProfile(wanted, all));
      }),
      { numRuns: 2000 },
    );
  });
});
