import type { Emission } from '../core/emission';

/** The one interface behind which every shell, and every other form of text, stands. */
export interface Shell {
  /** The text that makes the changes when it is eval'ed, sourced or parsed. Ends with a newline unless empty. */
  render(emission: Emission): string;
}

/** A shell that can be hooked up, too. */
export interface HookableShell extends Shell {
  /**
   * The code that defines the function `tsawsume`.
   * @param program the words that start the program, such as `['tsawsume']`; each is quoted by the shell's own rule.
   */
  init(program: readonly string[]): string;
  /** Code that prints `text` to stdout, byte for byte. What is not code but was captured to be eval'ed becomes this. */
  print(text: string): string;
}
