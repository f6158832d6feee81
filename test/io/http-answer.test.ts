import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerReader, type Answer } from '../../src/io/http-answer';

const MOST = 5_000;

/** Hands over the bytes in pieces that end at the cuts, and then the connection's end. */
function read(bytes: Buffer, cuts: readonly number[]): Answer {
  const reader = new AnswerReader(MOST);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const to of ends) {
    const answer = to > from ? reader.take(bytes.subarray(from, to)) : undefined;
    if (answer !== undefined) return answer;
    from = to;
  }
  return reader.end();
}

type Framing = 'length' | 'chunks' | 'end';

/** The same body by each of the three ways to say how long it is. */
function framed(framing: Framing, body: Buffer, sizes: readonly number[]): { head: string; body: Buffer } {
  if (framing === 'length') return { head: `Content-Length: ${String(body.length)}\r\n`, body };
  if (framing === 'end') return { head: '', body };
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < body.length; turn += 1) {
    const piece = body.subarray(at, at + (sizes[turn % sizes.length] ?? 1));
    pieces.push(Buffer.from(`${piece.length.toString(16)};x=y\r\n`), piece, Buffer.from('\r\n'));
    at += piece.length;
  }
  return {
    head: 'Transfer-Encoding: chunked\r\n',
    body: Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]),
  };
}

const FRAMING = fc.constantFrom<Framing>('length', 'chunks', 'end');
/** Those that say so before the end. */
const TOLD = fc.constantFrom<Framing>('length', 'chunks');
const BODY = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const SOME_BODY = BODY.filter(({ length }) => length > 0);
const SIZES = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });
const CUTS = fc.array(fc.nat(1000), { maxLength: 8 });
const WORD = fc.stringMatching(/^[a-z][a-z-]{0,8}$/);
const VALUE = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
const STATUS = fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204 && status !== 304);

const written = (status: number, name: string, value: string, framing: string, body: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`HTTP/1.1 ${String(status)} As said\r\nX-${name}: ${value}\r\n${framing}\r\n`),
    body,
  ]);

describe('what is read of an answer', () => {
  it('is what was sent, whichever way and in whatever pieces', () => {
    fc.assert(
      fc.property(
        STATUS,
        WORD,
        VALUE,
        FRAMING,
        BODY,
        SIZES,
        CUTS,
        (status, name, value, framing, body, sizes, cuts) => {
          const { head, body: sent } = framed(framing, body, sizes);
          const answer = read(written(status, name, value, head, sent), cuts);
          expect([answer.status, answer.reason, answer.headers[`x-${name}`]]).toEqual([
            status,
            'As said',
            value,
          ]);
          expect(answer.body.equals(body)).toBe(true);
          expect(answer.keepsOpen).toBe(framing !== 'end');
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('ends, with an answer or an error, whatever was done to the bytes', () => {
    const harm = fc.record({ at: fc.nat(1000), gone: fc.nat(3), put: fc.constantFrom(...HARM) });
    fc.assert(
      fc.property(
        FRAMING,
        BODY,
        SIZES,
        fc.array(harm, { minLength: 1, maxLength: 4 }),
        CUTS,
        (framing, body, sizes, harms, cuts) => {
          const { head, body: sent } = framed(framing, body, sizes);
          const bytes = harms.reduce(harmed, written(200, 'a', 'b', head, sent));
          try {
            const answer = read(bytes, cuts);
            expect(answer.body.length).toBeLessThanOrEqual(MOST);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('is never more than the bytes say', () => {
    fc.assert(
      fc.property(TOLD, SOME_BODY, SIZES, fc.nat(1000), CUTS, (framing, body, sizes, end, cuts) => {
        const { head, body: sent } = framed(framing, body, sizes);
        const whole = written(200, 'a', 'b', head, sent);
        const headEnds = whole.indexOf('\r\n\r\n') + 4;
        const part = whole.subarray(0, headEnds + (end % sent.length));
        expect(() => read(part, cuts)).toThrow('ended before the answer');
      }),
      { numRuns: 1000 },
    );
  });
});

/** What a length, an end of a line or a start of an answer may turn into. */
const HARM = [
  '-',
  '-5\r\n',
  '\r',
  '\n',
  '\0',
  ':',
  'HTTP/1.1 200 OK\r\n',
  '\r\n\r\n',
  'ffffffffffff',
  '1e9',
  'NaN',
  'Infinity',
  ' ',
];

const harmed = (bytes: Buffer, { at, gone, put }: { at: number; gone: number; put: string }): Buffer => {
  const from = at % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, from), Buffer.from(put, 'latin1'), bytes.subarray(from + gone)]);
};
