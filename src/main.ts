import { isVersionAsked, plainProfile } from './cli/plain';
import { answer } from './commands/answer';
import { assume } from './commands/assume';
import { tellError } from './commands/tell-error';
import type { World } from './world';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/**
 * Runs one command line and gives its exit code. Here all errors end, but for those of the short runs: `short/run`.
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
    return tellError(error, world.people);
  }
}
