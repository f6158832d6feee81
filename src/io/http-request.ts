import type { HttpExchange } from './http-exchange';

/** Names, and values in Latin-1 without anything that ends a line: RFC 9110, 5.6.2 and 5.5. */
const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Of a method or a path: neither a space nor an end of a line. */
const WORD = /^[\x21-\x7e]+$/;

/**
 * A request of HTTP/1.1 (RFC 9112), whole, so that it leaves in one piece.
 *
 * @throws with the code that Node's own client gives, when something in it would end a line.
 */
export function requestBytes({ method, path, headers, body }: HttpExchange): Buffer {
  if (!WORD.test(method) || !WORD.test(path))
    throw refused('ERR_UNESCAPED_CHARACTERS', 'the path holds what no path may');
  const all = Object.entries(headers);
  const sized = all.some(([name]) => name.toLowerCase() === 'content-length');
  if (body !== undefined && !sized) all.push(['content-length', String(Buffer.byteLength(body))]);
  const head = all.map(([name, value]) => {
    if (NAME.test(name) && VALUE.test(value)) return `${name}: ${value}\r\n`;
    throw refused('ERR_INVALID_CHAR', `the header ${JSON.stringify(name)} holds what none may`);
  });
  const bytes = Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n`, 'latin1');
  return body === undefined ? bytes : Buffer.concat([bytes, Buffer.from(body)]);
}

const refused = (code: string, message: string): Error => Object.assign(new TypeError(message), { code });
