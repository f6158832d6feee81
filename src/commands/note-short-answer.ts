import { answerName, formatAnswer } from '../core/short-answer';
import { decidingEnvironment } from '../core/short-way';
import { isPlainAnswer } from '../shells/completion-bash';
import type { Candidate, CompletingShell, Typed } from '../shells/completion';
import type { World } from '../world';
import { areSettled } from './settled';
import { MOST_BEFORE } from './short-answer';

/** Replaced by the build: package.json's version, and a hash of all sources. */
declare const TSAWSUME_SOURCES: string;

/**
 * After profiles were proposed: keeps what would have been said had nothing been typed of the word yet, for
 * `takeShortAnswer`. For the shells whose answer that decides: all but the first have no other, and bash's is chosen
 * from its lines as long as none of them needs quotes.
 */
export function noteShortAnswer(
  world: World,
  name: string,
  { before }: Typed,
  shell: CompletingShell,
  candidates: readonly Candidate[],
): void {
  const files = world.lookedAt();
  if (!['bash', 'zsh', 'fish'].includes(name) || before.length > MOST_BEFORE) return;
  if (!areSettled(files, world.startedAt)) return;
  const words = name === 'bash' ? ['', ['tsawsume', ...before, ''].join(' ')] : [...before, ''];
  const text = shell.render(candidates, words);
  if (name === 'bash' && !isPlainAnswer(text)) return;
  world.keep(
    answerName(name, before),
    formatAnswer({
      version: TSAWSUME_SOURCES,
      environment: decidingEnvironment(world.env),
      paths: files.map(({ path }) => path),
      stamps: files.map(({ stamp }) => stamp),
      text,
    }),
  );
}
