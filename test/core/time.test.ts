import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/core/instant';
import { describeSeconds, isoMilliseconds, isoSeconds, parseDuration } from '../../src/core/time';

describe('parseDuration', () => {
  it.each([
    ['3600', 3600],
    ['0', 0],
    ['1h', 3600],
    ['90m', 5400],
    ['1h30m', 5400],
    ['1h30m15s', 5415],
    ['45s', 45],
  ])('%s: %i seconds', (text, seconds) => expect(parseDuration(text)).toBe(seconds));

  it.each([
    '',
    'h',
    '1 h',
    '-1',
    '+5',
    '1.5h',
    '1e3',
    '0x10',
    '30m1h',
    '1h1h',
    '１h',
    '1d',
    '9999999999',
    ' 1h',
  ])('%j is none', (text) => expect(parseDuration(text)).toBeUndefined());

  it('reads what it would be written as, and for any text gives a whole number or nothing', () => {
    const part = fc.nat({ max: 999 });
    fc.assert(
      fc.property(part, part, part, (h, m, s) => {
        expect(parseDuration(`${h}h${m}m${s}s`)).toBe(h * 3600 + m * 60 + s);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const seconds = parseDuration(text);
        expect(seconds === undefined || (Number.isSafeInteger(seconds) && seconds >= 0)).toBe(true);
      }),
    );
  });
});

describe('what people read', () => {
  it.each([
    [43_200, '12h'],
    [43_199, '12h'],
    [41_400, '11h 30m'],
    [3600, '1h'],
    [3599, '59m'],
    [60, '1m'],
    [59, '59s'],
    [0, '0s'],
    [-5, '0s'],
  ])('%i seconds: %s', (seconds, text) => expect(describeSeconds(seconds)).toBe(text));

  it('below an hour never promises more than there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3599 }), (seconds) => {
        expect(parseDuration(describeSeconds(seconds)) ?? Infinity).toBeLessThanOrEqual(seconds);
      }),
    );
  });
});

describe('ISO 8601', () => {
  it('whole seconds, UTC, and back', () => {
    expect(isoSeconds(1_612_208_753_999)).toBe('2021-02-01T19:45:53Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
        expect(parseInstant(isoSeconds(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });
});

describe('isoMilliseconds', () => {
  it('is what Date writes, of every time that it knows', () => {
    const bound = 8_640_000_000_000_000;
    const edges = [0, -1, 951_782_400_000, -62_167_219_200_000, -62_167_219_200_001, 253_402_300_799_999];
    const times = fc.oneof(
      fc.maxSafeInteger().map((time) => time % (bound + 1)),
      fc.date({ noInvalidDate: true }).map((date) => date.getTime()),
      fc.constantFrom(...edges, 253_402_300_800_000, bound, -bound, 1.5),
    );
    fc.assert(
      fc.property(times, (time) => {
        expect(isoMilliseconds(time)).toBe(new Date(time).toISOString());
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 9e15])('%d is no time', (time) =>
    expect(() => isoMilliseconds(time)).toThrow(RangeError),
  );
});
