/**
 * So many bytes in hex, to tell names and terms from all others: no secret, for which loading `node:crypto` would cost
 * 3 ms. `Math.random` begins elsewhere in each process, but under Bun at one of 2³² places only: so the process and the
 * moment are mixed in.
 */
export function randomHex(bytes: number): string {
  const own = Math.imul(process.pid, 0x9e37_79b1);
  let text = '';
  while (text.length < bytes * 2) {
    const [, nanoseconds] = process.hrtime();
    const word = Math.floor(Math.random() * 2 ** 32) ^ own ^ nanoseconds;
    text += (word >>> 0).toString(16).padStart(8, '0');
  }
  return text.slice(0, bytes * 2);
}
