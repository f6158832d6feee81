import { TsawsumeError } from '../errors';
import type { People } from '../world';

/**
 * How a run ends that went wrong: one line that says what is wrong, one that says what to do, and an exit code; never a
 * trace, except with `--debug`.
 */
export function tellError(error: unknown, people: Pick<People, 'say' | 'warn' | 'debug'>): number {
  if (error instanceof TsawsumeError) {
    people.warn(error.message);
    if (error.hint !== undefined) people.say(error.hint);
    people.debug(error.stack ?? '');
    return error.exitCode;
  }
  people.warn(`something went wrong that should not: ${error instanceof Error ? error.name : typeof error}`);
  people.say('run it again with --debug and report what you see: it holds no secrets');
  people.debug(error instanceof Error ? (error.stack ?? error.message) : '');
  return 1;
}
