import { printable } from '../core/printable';
import { writeFully } from './full-write';

/** Milliseconds that a person's line may wait for a terminal that takes nothing. */
const PATIENCE = 1000;

/**
 * Writes a line for a person, made harmless first. Where nobody can read it (closed, full), nothing fails.
 * @param paint what is put around it.
 */
export const tellLine = (line: string, paint = (text: string): string => `${text}\n`, fd = 2): void =>
  tellText(paint(printable(line)), fd);

/** A text that is harmless. @param from as of `writeFully`. */
export function tellText(text: string, fd: number, from = 0): void {
  try {
    writeFully(fd, text, { patience: PATIENCE, from });
  } catch {
    // Nobody can be told that nobody can be told.
  }
}
