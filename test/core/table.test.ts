import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { table } from '../../src/core/table';
import { cutTo, widthOf } from '../../src/core/width';

describe('the width of text at a terminal', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['한글', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['🔑', 2],
    ['ｆｕ', 4],
    ['a\u200bb', 2],
    ['', 0],
  ])('%j takes %i', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('is never exceeded by a cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, columns) => {
        const cut = cutTo(text, columns);
        expect(widthOf(cut)).toBeLessThanOrEqual(columns);
        if (cut !== text) expect(cut.endsWith('…') && text.startsWith(cut.slice(0, -1))).toBe(true);
      }),
    );
  });
});

describe('a table', () => {
  it('lines up wide characters, and cuts nothing where there is no terminal', () => {
    expect(
      table(
        [
          ['A', 'B'],
          ['日本', 'x'],
          ['a', 'y'.repeat(200)],
        ],
        undefined,
      ),
    ).toBe(`A     B\n日本  x\na     ${'y'.repeat(200)}\n`);
  });

  it('takes from the widest column until it fits', () => {
    expect(
      table(
        [
          ['NAME', 'WHAT'],
          ['a-name-that-is-very-long', 'short'],
        ],
        20,
      ),
    ).toBe('NAME           WHAT\na-name-that-…  short\n');
  });

  it('gives a remark the rest of the line', () => {
    const rows = [
      ['NAME', 'TYPE', 'MORE'],
      ['x', 'bad', 'the line is wrong'],
      ['y', 'good', 'm'],
    ];
    expect(table(rows, 20)).toBe('NAME  TYPE  MORE\nx     bad   the lin…\ny     good  m\n');
    expect(table(rows, undefined)).toContain('x     bad   the line is wrong\n');
  });

  it('fits, whatever is in it, and lets nothing through that a terminal obeys', () => {
    const cell = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }),
        fc.integer({ min: 30, max: 120 }),
        (rows, width) => {
          const lines = table(rows, width).split('\n').slice(0, -1);
          expect(lines).toHaveLength(rows.length);
          for (const line of lines) {
            expect(widthOf(line)).toBeLessThanOrEqual(width);
            expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
          }
        },
      ),
    );
  });
});
