import type { Command } from 'commander';
import { assume, type AssumeFlags } from '../commands/assume';
import { usage } from '../errors';
import type { World } from '../world';
import { word } from './values';

/** What the root command may be asked for, besides becoming a profile: awsume's flags. */
export interface RootFlags extends AssumeFlags {
  readonly unset?: boolean;
  readonly listProfiles?: boolean | string;
  readonly who?: boolean;
  readonly dryRun?: boolean;
  readonly clean?: boolean;
  readonly killRefresher?: boolean | string;
  readonly console?: boolean;
  readonly consoleLink?: boolean;
  readonly consoleService?: string;
  readonly consoleLinkService?: string;
}

/** Where a session goes besides this shell. */
export const endingFlags = (command: Command): Command =>
  command
    .option('-o, --output-profile <name>', 'write the session to a profile, too', word)
    .option('-a, --auto-refresh', 'a profile that renews itself, instead of keys');

export const rootFlags = (command: Command): Command =>
  endingFlags(command)
    .option('-u, --unset', 'clear the identity from this shell')
    .option('-s, --show-commands', 'print the commands, too')
    .option('-l, --list-profiles [more]', 'the same as: tsawsume list', word)
    .option('--who', 'the same as: tsawsume status')
    .option('--clean', 'remove expired profiles that -o wrote')
    .option('-k, --kill-refresher [profile]', 'undo --auto-refresh', word)
    .option('-c, --console', 'open the web console; -cl: its link alone; -cs, -cls SERVICE: there')
    .addOption(command.createOption('--console-link').hideHelp())
    .addOption(command.createOption('--console-service <service>').hideHelp())
    .addOption(command.createOption('--console-link-service <service>').hideHelp())
    .option('--dry-run', 'show the plan; no network, no prompt');

const wantsConsole = (flags: RootFlags): boolean =>
  flags.console === true ||
  flags.consoleLink === true ||
  flags.consoleService !== undefined ||
  flags.consoleLinkService !== undefined;

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
    await status(world, {});
  } else if (flags.dryRun === true) {
    const { explain } = await import('../commands/explain');
    await explain(world, named, flags, { json: false });
  } else if (flags.clean === true) {
    const { clean } = await import('../commands/clean');
    await clean(world, flags);
  } else if (flags.killRefresher !== undefined) {
    const { killRefresher } = await import('../commands/kill-refresher');
    await killRefresher(world, typeof flags.killRefresher === 'string' ? flags.killRefresher : named, flags);
  } else if (wantsConsole(flags)) {
    const { openConsole } = await import('../commands/console');
    const service = flags.consoleLinkService ?? flags.consoleService;
    await openConsole(world, named, {
      ...flags,
      print: flags.consoleLink === true || flags.consoleLinkService !== undefined,
      ...(service === undefined ? {} : { service }),
    });
  } else {
    await runAssume(world, named, flags);
  }
}

/** Becoming a profile, in one of its three endings. */
export async function runAssume(world: World, named: string | undefined, flags: AssumeFlags): Promise<void> {
  const { outputProfile: output, autoRefresh: refreshing } = flags;
  if (refreshing === true) {
    if (output !== undefined)
      throw usage(
        '--output-profile writes keys and --auto-refresh writes none: they do not go together',
        'take the one or the other; -a makes a profile of its own',
      );
    const { autoRefresh } = await import('../commands/auto-refresh');
    await autoRefresh(world, named, flags);
  } else if (output !== undefined) {
    const { outputProfile } = await import('../commands/output-profile');
    await outputProfile(world, named, output, flags);
  } else {
    await assume(world, named, flags);
  }
}
