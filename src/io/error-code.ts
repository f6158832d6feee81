/** The system's name for a failure, such as `ENOENT`; empty for what is no system error. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
