/**
 * So many bytes in hex, to tell names and terms from all others: no secret. Each process begins from another place, which
 * the system's entropy chose; what would serve for secrets costs 3 ms, the loading of `node:crypto`.
 */
export function randomHex(bytes: number): string {
  let text = '';
  while (text.length < bytes * 2)
    text += Math.floor(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, bytes * 2);
}
