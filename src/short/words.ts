import { takeShortAnswer } from '../commands/short-answer';
import { stampOf } from '../io/file-state';
import { ownHomeOf } from '../io/own-home';
import { keptText, soundFolder } from '../io/quick-store';
import { openOutput } from '../io/output';
import { over } from './run';

/** Replaced by the build: package.json's version, and a hash of all sources. */
declare const TSAWSUME_SOURCES: string;

/**
 * `complete SHELL -- WORDS`, which a shell asks at every TAB, where its answer is kept.
 * @returns whether the line was such a one and is answered; if not, nothing was done.
 */
export function isOver(): boolean {
  const { argv, env, platform } = process;
  const [, , verb, ...words] = argv;
  const folder = verb === 'complete' ? soundFolder(ownHomeOf(env, platform)) : undefined;
  if (folder === undefined) return false;
  const kept = (name: string): string | undefined => keptText(folder, name);
  return over(() => takeShortAnswer({ env, out: openOutput(), stampOf, kept }, words, TSAWSUME_SOURCES));
}
