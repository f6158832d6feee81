import { HTTPParser } from 'http-parser-js';
import { cut, tooLong } from './http-exchange';

/** One answer of HTTP/1.1, all of it. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether the connection takes another request. */
  readonly keepsOpen: boolean;
}

type Head = Omit<Answer, 'body'>;

/** Puts one answer together from what a connection brings, by a library's parser. */
export class AnswerReader {
  readonly #parser = new HTTPParser(HTTPParser.RESPONSE);
  readonly #parts: Buffer[] = [];
  #size = 0;
  #head: Head | undefined;
  #answer: Answer | undefined;

  /** @param mostBytes of the body. */
  constructor(mostBytes: number) {
    this.#parser[HTTPParser.kOnHeadersComplete] = ({
      statusCode,
      statusMessage,
      headers,
      shouldKeepAlive,
    }) => {
      if (this.#answer !== undefined) this.#answer = last(this.#answer);
      this.#head = {
        status: statusCode,
        reason: statusMessage,
        headers: named(headers),
        keepsOpen: shouldKeepAlive,
      };
    };
    this.#parser[HTTPParser.kOnBody] = (bytes, start, length) => {
      // What the parser makes of a length that is none. By one below 0 it would go back, and round and round.
      if (!(length >= 0)) throw new TypeError('the answer has a length that is none');
      this.#size += length;
      if (this.#size > mostBytes) throw tooLong();
      this.#parts.push(bytes.subarray(start, start + length));
    };
    this.#parser[HTTPParser.kOnMessageComplete] = () => {
      // One of 1xx comes before the answer.
      if (this.#head !== undefined && this.#head.status >= 200)
        this.#answer ??= { ...this.#head, body: Buffer.concat(this.#parts) };
    };
  }

  /**
   * @returns the answer, once it is whole.
   * @throws what is wrong with it.
   */
  take(part: Buffer): Answer | undefined {
    const read = this.#parser.execute(part);
    if (typeof read === 'number') return this.#answer;
    if (this.#answer === undefined) throw read;
    return last(this.#answer);
  }

  /**
   * The connection has ended: so has an answer that does not say how long it is.
   *
   * @throws that the answer was cut.
   */
  end(): Answer {
    this.#parser.finish();
    if (this.#answer !== undefined) return this.#answer;
    throw cut();
  }
}

/** Of a connection that brought more than was asked for. */
const last = (answer: Answer): Answer => ({ ...answer, keepsOpen: false });

function named(list: readonly string[]): Record<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at < list.length; at += 2) {
    const name = (list[at] ?? '').toLowerCase();
    const before = headers.get(name);
    const value = list[at + 1] ?? '';
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(headers);
}
