import { printable } from '../core/printable';
import { writeFully } from './full-write';

/** Milliseconds that a person's line may wait for a terminal that takes nothing. */
const PATIENCE = 1000;

/**
 * Writes a line for a person, made harmless first. Where nobody can read it (closed, full), nothing fails.
 * @param paint what is put around it.
 */
export function tellLine(line: string, paint = (text: string): string => `${text}\n`, fd = 2): void {
  try {
    writeFully(fd, paint(printable(line)), PATIENCE);
  } catch {
    // Nobody can be told that nobody can be told.
  }
}
