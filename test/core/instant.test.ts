import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/core/instant';

describe('parseInstant', () => {
  it.each([
    ['2026-01-31T10:00:00Z', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T10:00:00.5Z', '2026-01-31T10:00:00.500Z'],
    ['2026-01-31T10:00:00.123456+00:00', '2026-01-31T10:00:00.123Z'],
    ['2026-01-31T10:00:00+0200', '2026-01-31T08:00:00.000Z'],
    ['2026-01-31T23:30:00-01', '2026-02-01T00:30:00.000Z'],
    ['2026-01-31 10:00Z', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T10:00:00UTC', '2026-01-31T10:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s', (text, instant) => {
    expect(parseInstant(text)).toBe(Date.parse(instant));
  });

  it.each([
    '',
    'tomorrow',
    '2026-01-31',
    '2026-01-31T10:00:00',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T10:60:00Z',
    '2026-01-31T10:00:00+25:00',
    '1767000000',
  ])('%j is no instant', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('reads back what Date prints', () => {
    const dates = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(fc.property(dates, (date) => parseInstant(date.toISOString()) === date.getTime()));
  });
});
