import type { Grammar } from './shell';

/** A word that may stand next, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly about?: string;
}

/** The words in front of the one that is being typed, the program's own left out, and that one up to the cursor. */
export interface Typed {
  readonly before: readonly string[];
  readonly current: string;
}

/**
 * How one shell completes. Its script asks `tsawsume complete SHELL -- …` with what was typed, as text that nobody
 * evaluates, and gets lines that the shell takes as they are: the quoting is done on one side only, and by one rule.
 */
export interface CompletingShell {
  /**
   * The code that a person evals or sources once.
   * @param program the words that start the program; @param grammar as for `init`.
   */
  script(program: readonly string[], grammar: Grammar): string;
  /** @param words what the script passed on. */
  typed(words: readonly string[]): Typed;
  /** @param words as above: what is there already decides how the rest is quoted. */
  render(candidates: readonly Candidate[], words: readonly string[]): string;
}

/** Stands for "the shell's own files": no candidate is empty. */
export const FILES = '\tfiles\n';

/** The last word is the one being typed. */
export const lastIsCurrent = (words: readonly string[]): Typed => ({
  before: words.slice(0, -1),
  current: words.at(-1) ?? '',
});

/** `value`, TAB, what it is: for shells that quote and choose by themselves. */
export const tabbed = (candidates: readonly Candidate[]): string =>
  candidates.map(({ value, about }) => `${value}${about === undefined ? '' : `\t${about}`}\n`).join('');
