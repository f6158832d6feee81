import { answerName, parseAnswer } from '../core/short-answer';
import { decidingEnvironment, stillHolds } from '../core/short-way';
import type { World } from '../world';

/** What of the machine the short answer needs. */
export interface ShortAnswerPorts extends Pick<World, 'env' | 'out'> {
  /** The text of a kept answer. */
  readonly kept: (name: string) => string | undefined;
  readonly stampOf: (path: string) => string;
}

/** Words of these mean nothing to bash, nor do they break: what readline will replace is then the whole word. */
const PLAIN_LINE = /^[\w.,/%+ -]*$/;

/** Behind more words than this no answer is kept: each has a file. */
export const MOST_BEFORE = 1;

/**
 * `tsawsume complete SHELL -- WORDS` once more, where neither AWS's files nor what says which they are have changed.
 * @param argv behind `complete`.
 * @param version the program's own: another may know other verbs.
 * @returns false when there is no such answer, and nothing was done.
 */
export function takeShortAnswer(ports: ShortAnswerPorts, argv: readonly string[], version: string): boolean {
  const [shell = '', dashes, ...words] = argv;
  const typed = dashes === '--' ? typedPlainly(shell, words) : undefined;
  if (typed === undefined || typed.current.startsWith('-') || typed.before.length > MOST_BEFORE) return false;
  const text = ports.kept(answerName(shell, typed.before));
  const answer = text === undefined ? undefined : parseAnswer(text);
  if (answer?.version !== version || !stillHolds(answer, decidingEnvironment(ports.env), ports.stampOf))
    return false;
  // zsh and fish choose by themselves; bash takes what it is given.
  ports.out.write(shell === 'bash' ? beginningWith(typed.current, answer.text) : answer.text);
  return true;
}

/** What the shells' own reading of the line would give, for a line without anything to quote. */
function typedPlainly(
  shell: string,
  words: readonly string[],
): { readonly before: readonly string[]; readonly current: string } | undefined {
  if (shell === 'zsh' || shell === 'fish') return { before: words.slice(0, -1), current: words.at(-1) ?? '' };
  const [replaced, line = ''] = words;
  if (shell !== 'bash' || !PLAIN_LINE.test(line)) return undefined;
  const [, ...typed] = line.trimStart().split(/ +/);
  const current = typed.at(-1);
  return current === undefined || current !== replaced ? undefined : { before: typed.slice(0, -1), current };
}

/** The lines that begin with it. One look at all: one at each of ten thousand takes ten times as long. */
function beginningWith(current: string, text: string): string {
  if (current === '') return text;
  const lines = text.match(new RegExp(`^${current.replace(/[.+]/g, String.raw`\$&`)}.*`, 'gm'));
  return lines === null ? '' : `${lines.join('\n')}\n`;
}
