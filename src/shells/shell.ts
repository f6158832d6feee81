import type { Emission } from '../core/emission';

/** The one interface behind which every shell, and every other form of text, stands. */
export interface Shell {
  /** The text that makes the changes when it is eval'ed, sourced or parsed. Ends with a newline unless empty. */
  render(emission: Emission): string;
}

/**
 * What the shell function must know of the command line, so that only code is captured and eval'ed and everything
 * else runs as the plain program. Derived from the declaration in `cli`, never written twice.
 */
export interface Grammar {
  /** Verbs whose stdout is data or a screen, such as `list` and `exec`: run plainly. */
  readonly plainVerbs: readonly string[];
  /** Flags that make the root command print rather than change the shell, such as `--help`: run plainly. */
  readonly plainFlags: readonly string[];
  /** Flags whose value is the next word, so that the value is not taken for a verb. */
  readonly valueFlags: readonly string[];
}

/** A shell that can be hooked up, too. */
export interface HookableShell extends Shell {
  /**
   * The code that defines the function `tsawsume`.
   * @param program the words that start the program, such as `['tsawsume']`; each is quoted by the shell's own rule.
   */
  init(program: readonly string[], grammar: Grammar): string;
  /** Code that prints `text` to stdout, byte for byte. What is not code but was captured to be eval'ed becomes this. */
  print(text: string): string;
}
