import { promptSegment } from '../commands/prompt-segment';
import { openOutput } from '../io/output';
import { over } from './run';

/**
 * `status --format TEXT`, which a prompt asks at every line.
 * @returns whether the line was such a one; if not, nothing was done.
 */
export function isOver(): boolean {
  const { argv, env } = process;
  const [, , verb, flag, format, ...rest] = argv;
  if (verb !== 'status' || flag !== '--format' || format === undefined || rest.length > 0) return false;
  // What a function captured to eval must become code.
  if (env['TSAWSUME_SHELL']) return false;
  return over(() => {
    openOutput().write(promptSegment(format, env, Date.now()));
    return true;
  });
}
