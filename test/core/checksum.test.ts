import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../src/core/checksum';

describe('checksum', () => {
  it('is 16 hex digits, and the same for the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(checksum(text)).toMatch(/^[0-9a-f]{16}$/);
        expect(checksum(text)).toBe(checksum(text));
      }),
    );
  });

  it('sees every bit that turned, anywhere', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 300 }), fc.nat(), fc.nat(15), (text, at, bit) => {
        const index = at % text.length;
        const turned = String.fromCharCode(text.charCodeAt(index) ^ (1 << bit));
        const bad = text.slice(0, index) + turned + text.slice(index + 1);
        expect(checksum(bad)).not.toBe(checksum(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('sees what is longer, shorter, or changed its place', () => {
    expect(new Set(['', '\0', '\0\0', 'ab', 'ba', 'ab\0', 'a', 'b'].map(checksum)).size).toBe(8);
  });

  it('gives no two of many names the same', () => {
    const names = Array.from(
      { length: 100_000 },
      (_, index) => `longest arn:aws:iam::111122223333:role/r${index}`,
    );
    const sums = new Set(names.map(checksum));
    expect(sums.size).toBe(names.length);
    // Each half by itself is spread as chance would: about one in 32 bits meets another.
    expect(new Set([...sums].map((sum) => sum.slice(0, 8))).size).toBeGreaterThan(99_980);
    expect(new Set([...sums].map((sum) => sum.slice(8))).size).toBeGreaterThan(99_980);
  });
});
