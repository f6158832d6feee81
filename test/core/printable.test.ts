import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/core/printable';

describe('printable', () => {
  it.each([
    ['plain text, äöü, 漢字, 🙂', 'plain text, äöü, 漢字, 🙂'],
    ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['two\r\nlines\ttab\u0000', 'two\\x0d\\x0alines\\x09tab\\x00'],
    ['\u007f\u009b2J', '\\x7f\\x9b2J'],
    ['a\u202eb\u2066c\u2069d\u200e\u200f\u061c', 'a\\u202eb\\u2066c\\u2069d\\u200e\\u200f\\u061c'],
    ['one\u2028two', 'one\\u2028two'],
  ])('%j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it('never lets through what a terminal obeys, and leaves everything else alone', () => {
    const obeyed = /[\p{Cc}\p{Bidi_Control}\p{Zl}]/u;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(obeyed);
        if (!obeyed.test(text)) expect(shown).toBe(text);
        expect(printable(shown)).toBe(shown);
      }),
      { numRuns: 1000 },
    );
  });
});
