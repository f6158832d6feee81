import { checksum } from './checksum';
import { isTexts, parsed, type Grounds } from './short-way';

/**
 * What stood on stdout when a shell asked which words may stand where nothing was typed yet. For ten thousand profiles
 * it takes longer to find them, and each of them, than to write them. Holds no secret: names and verbs.
 */
export interface ShortAnswer extends Grounds {
  /** The program's: another may know other verbs. */
  readonly version: string;
  readonly text: string;
}

/** The file of one: the shell's name, and the verb in front of the word that is being typed. */
export const answerName = (shell: string, before: readonly string[]): string =>
  `answer-${checksum([shell, ...before].join(' '))}.txt`;

/** A line that says what it rests on, and then the text: one look for a line's end instead of a parser of all. */
export const formatAnswer = ({ text, ...grounds }: ShortAnswer): string =>
  `${JSON.stringify({ ...grounds, length: text.length })}\n${text}`;

/** @returns undefined for what is not whole. Nothing else is looked at: at worst a wrong word is proposed. */
export function parseAnswer(whole: string): ShortAnswer | undefined {
  const end = whole.indexOf('\n');
  const { version, environment, paths, stamps, length } = parsed(whole.slice(0, Math.max(end, 0)));
  const text = whole.slice(end + 1);
  if (length !== text.length || typeof version !== 'string' || typeof environment !== 'string')
    return undefined;
  if (!isTexts(paths) || !isTexts(stamps)) return undefined;
  return { version, environment, paths, stamps, text };
}
