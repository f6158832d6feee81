/** So many random bytes in hex. Its module, 2 ms of a run, is loaded when it is first asked for: not on the stored way. */
export function randomHex(bytes: number): string {
  return process.getBuiltinModule('node:crypto').randomBytes(bytes).toString('hex');
}
