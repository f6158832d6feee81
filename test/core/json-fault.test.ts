import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from '../../src/core/json-fault';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('where a text stops being JSON', () => {
  it.each([
    ['', 0],
    ['{', 1],
    ['{"a": 1,}', 8],
    ['{\n"Statement": [],\n}\n', 19],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['{"a": 01}', 7],
    ["{'a': 1}", 1],
    ['{"a": "tab\there"}', 6],
    ['{} x', 3],
    ['[}', 1],
  ])('%j at %i', (text, at) => {
    expect(jsonFault(text)).toBe(at);
  });

  it('is nowhere in what JSON.stringify wrote', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => jsonFault(JSON.stringify(value, undefined, 1)) === undefined),
    );
  });

  it('is somewhere exactly in what JSON.parse refuses', () => {
    const character = fc.constantFrom(
      ...'{ } [ ] , : " \\ \n \t 0 1 - + . e E t r u f a l s n \u0001 \u00e9'.split(' '),
      ' ',
    );
    const broken = fc
      .tuple(fc.jsonValue(), fc.nat(), fc.nat(2), fc.array(character, { maxLength: 3 }))
      .map(([value, place, gone, put]) => {
        const text = JSON.stringify(value);
        const at = place % (text.length + 1);
        return text.slice(0, at) + put.join('') + text.slice(at + gone);
      });
    const text = fc.oneof(
      broken,
      fc.array(character, { maxLength: 12 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (written) => (jsonFault(written) === undefined) === isJson(written)),
      { numRuns: 5_000 },
    );
  });
});
