import type { Command } from 'commander';
import type { AssumeFlags } from '../commands/assume';
import type { World } from '../world';

/** What the root command may be asked for, besides becoming a profile: awsume's flags. */
export interface RootFlags extends AssumeFlags {
  readonly unset?: boolean;
  readonly listProfiles?: boolean | string;
  readonly who?: boolean;
  readonly dryRun?: boolean;
}

export const rootFlags = (command: Command): Command =>
  command
    .option('-u, --unset', 'clear the identity from this shell')
    .option('-s, --show-commands', 'print the commands, too')
    .option('-l, --list-profiles [more]', 'the same as: tsawsume list')
    .option('--who', 'the same as: tsawsume status')
    .option('--dry-run', 'show the plan; no network, no prompt');

/** `tsawsume [PROFILE]` with its flags: each imports the command it stands for. */
export async function runRoot(world: World, named: string | undefined, flags: RootFlags): Promise<void> {
  if (flags.unset === true) {
    const { unset } = await import('../commands/unset');
    unset(world, flags);
  } else if (flags.listProfiles !== undefined) {
    const { list } = await import('../commands/list');
    await list(world, flags);
  } else if (flags.who === true) {
    const { status } = await import('../commands/status');
    status(world, {});
  } else if (flags.dryRun === true) {
    const { explain } = await import('../commands/explain');
    await explain(world, named, flags, { json: false });
  } else {
    const { assume } = await import('../commands/assume');
    await assume(world, named, flags);
  }
}
