import { writeSync } from 'node:fs';
import { errorCode } from './error-code';

/** Milliseconds between two tries when a non-blocking pipe or terminal is full. */
const PAUSE = 5;

/**
 * Writes all of it to a file descriptor before it returns, so that nothing is lost when the process ends.
 * `fs.writeSync` alone may write a part, and fails with EAGAIN where another program made the pipe non-blocking.
 *
 * @param patience milliseconds to wait in all while nothing can be written; by default as long as a blocking write.
 * @param from how many bytes of it are written already.
 * @throws what the system said: EPIPE, ENOSPC, EAGAIN when the patience is over.
 */
export function writeFully(
  fd: number,
  text: string,
  { patience = Number.POSITIVE_INFINITY, from = 0 } = {},
): void {
  const size = Buffer.byteLength(text, 'utf8');
  let waited = 0;
  for (let done = from; done < size;) {
    try {
      // Nearly always all of it at once: then it need not be copied first.
      done += done === 0 ? writeSync(fd, text) : writeSync(fd, Buffer.from(text, 'utf8'), done);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EINTR') continue;
      if (code !== 'EAGAIN' || waited >= patience) throw error;
      pause();
      waited += PAUSE;
    }
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
}
