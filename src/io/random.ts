/** So many random bytes in hex. Through the global, which loads its module when first asked: not on the stored way. */
export function randomHex(bytes: number): string {
  return Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(bytes))).toString('hex');
}
