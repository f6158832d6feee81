import { takeShortAnswer } from '../commands/short-answer';
import { stampOf } from '../io/file-state';
import { ownHomeOf } from '../io/own-home';
import { keptText } from '../io/quick-store';
import { openOutput } from '../io/output';
import { over } from './run';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/**
 * `complete SHELL -- WORDS`, which a shell asks at every TAB, where its answer is kept.
 * @returns whether the line was such a one and is answered; if not, nothing was done.
 */
export function isOver(): boolean {
  const { argv, env, platform } = process;
  const [, , verb, ...words] = argv;
  const home = verb === 'complete' ? ownHomeOf(env, platform) : undefined;
  if (home === undefined) return false;
  const kept = (name: string): string | undefined => keptText(home, name);
  return over(() => takeShortAnswer({ env, out: openOutput(), stampOf, kept }, words, TSAWSUME_VERSION));
}
