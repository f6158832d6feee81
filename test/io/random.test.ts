import { expect, it } from 'vitest';
import { randomHex } from '../../src/io/random';

it.each([1, 4, 8, 16])('%i bytes are so many in hex, and hardly ever the same', (bytes) => {
  const made = Array.from({ length: 2000 }, () => randomHex(bytes));
  for (const text of made) expect(text).toMatch(new RegExp(`^[0-9a-f]{${String(bytes * 2)}}$`));
  if (bytes >= 8) expect(new Set(made).size).toBe(made.length);
});

it('begins elsewhere where `Math.random` does not', () => {
  const { random } = Math;
  Math.random = () => 0.5;
  try {
    expect(randomHex(8)).not.toBe(randomHex(8));
  } finally {
    Math.random = random;
  }
});
