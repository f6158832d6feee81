import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fingerprint } from '../../src/core/fingerprint';
import type { Inputs } from '../../src/core/ports';

const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
);
const inputs: fc.Arbitrary<Inputs> = fc.dictionary(
  fc.string(),
  fc.oneof(leaf, fc.dictionary(fc.string(), leaf, { maxKeys: 3 })),
  { maxKeys: 5 },
);
/** JSON with its names in another order is the same inputs. */
const reversed = (value: Inputs): Inputs => Object.fromEntries(Object.entries(value).reverse());
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1))
      : field,
  );

it('is 32 hex digits, and does not depend on the order of the names', () => {
  fc.assert(
    fc.property(inputs, (value) => {
      expect(fingerprint(value)).toMatch(/^[0-9a-f]{32}$/);
      expect(fingerprint(reversed(value))).toBe(fingerprint(value));
    }),
  );
});

it('tells any two different inputs apart', () => {
  fc.assert(
    fc.property(inputs, inputs, (one, two) => {
      expect(fingerprint(one) === fingerprint(two)).toBe(sorted(one) === sorted(two));
    }),
    { numRuns: 500 },
  );
});

it.each<readonly [Inputs, Inputs]>([
  [{ a: '1' }, { a: 1 }],
  [{ a: null }, {}],
  [{ a: ['b', 'c'] }, { a: ['b,c'] }],
  [{ a: 'x', b: 'y' }, { a: 'x","b":"y' }],
  [{ a: { b: 'c' } }, { 'a.b': 'c' }],
  [{ a: [] }, { a: '' }],
])('%j is not %j', (one, two) => expect(fingerprint(one)).not.toBe(fingerprint(two)));
