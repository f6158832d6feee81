import { TsawsumeError } from './errors';
import { isVersionAsked, plainProfile } from './cli/plain';
import { answer } from './commands/answer';
import { assume } from './commands/assume';
import type { World } from './world';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/**
 * Runs one command line and gives its exit code. The only catch of the program: an error becomes one line that says
 * what is wrong, one that says what to do, and a code; never a trace, except with `--debug`.
 */
export async function main(argv: readonly string[], world: World): Promise<number> {
  try {
    const profile = plainProfile(argv);
    if (profile !== undefined) {
      await assume(world, profile, {});
      return 0;
    }
    if (isVersionAsked(argv)) {
      answer(world, `${TSAWSUME_VERSION}\n`);
      return 0;
    }
    const { runCli } = await import('./cli');
    return await runCli(argv, world);
  } catch (error) {
    return tell(error, world);
  }
}

function tell(error: unknown, { people }: World): number {
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
