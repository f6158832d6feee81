import { writeOutput } from '../io/output';
import { tellText } from '../io/tell-line';
import type { Unwritten } from './outcome';
import { over } from './run';

/** Goes on where one write was not enough: a pipe that is full, or nobody reads; a disk. Sets the exit code. */
export const finish = (left: readonly Unwritten[]): boolean =>
  over(() => {
    for (const { fd, text, written } of left) {
      if (fd === 1) writeOutput(fd, text, written);
      else tellText(text, fd, written);
    }
    return true;
  });
