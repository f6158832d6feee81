import { Command, CommanderError } from 'commander';
import { usage } from './errors';
import { grammarOf } from './cli/grammar';
import { sessionFlags } from './cli/session-flags';
import { VERBS, type Verb } from './cli/verbs';
import type { AssumeFlags } from './commands/assume';
import type { World } from './world';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

interface RootFlags extends AssumeFlags {
  readonly unset?: boolean;
  readonly listProfiles?: boolean | string;
  readonly who?: boolean;
  readonly dryRun?: boolean;
}

/** Parses one command line and runs what it says. Gives the exit code; throws what went wrong. */
export async function runCli(argv: readonly string[], world: World): Promise<number> {
  const result = { code: 0 };
  const program = declare(argv, world, result);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version were printed, and end here; everything else is a line that we say in our own way.
    if (error.exitCode === 0) return 0;
    throw usage(error.message.replace(/^error: /, ''), 'see: tsawsume --help');
  }
  return result.code;
}

function declare(argv: readonly string[], world: World, result: { code: number }): Command {
  const program = new Command('tsawsume');
  program
    .description('Become an AWS role in this shell: one word, one MFA code, short sessions.')
    .usage('[options] [profile]\n       tsawsume <verb> …')
    .argument('[profile]', 'a profile of ~/.aws/config or ~/.aws/credentials')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void plainText(world, text),
      writeErr: () => undefined,
      getOutHelpWidth: () => world.out.columns ?? 80,
    })
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .helpCommand(false)
    .option('-u, --unset', 'clear the identity from this shell')
    .option('-s, --show-commands', 'print the commands, too')
    .option('-l, --list-profiles [more]', 'the same as: tsawsume list')
    .option('--who', 'the same as: tsawsume status')
    .option('--dry-run', 'show the plan; no network, no prompt');
  sessionFlags(program);
  program
    .option('--info', 'tell more on stderr')
    .option('--debug', 'tell everything on stderr; never a secret')
    .version(TSAWSUME_VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', AFTER)
    .action(async (named: string | undefined, flags: RootFlags) => root(world, named, flags));
  // A verb's own flags are declared only where its name stands in the line: declaring all costs every start 3 ms.
  const words = new Set(argv);
  for (const verb of VERBS) addVerb(program, verb, words.has(verb.name), { argv, world, result });
  return program;
}

interface Context {
  readonly argv: readonly string[];
  readonly world: World;
  readonly result: { code: number };
}

function addVerb(program: Command, verb: Verb, whole: boolean, { argv, world, result }: Context): void {
  const command = program
    .command(verb.name)
    .description(verb.summary)
    .helpOption('-h, --help', 'print this help');
  if (!whole) return;
  verb.declare(command);
  command
    .option('--info', 'tell more on stderr')
    .option('--debug', 'tell everything on stderr; never a secret');
  command.action(async () => {
    const code = await verb.run({
      world,
      args: command.args,
      // How many of the arguments stand after `--`.
      after: argv.includes('--') ? argv.length - argv.indexOf('--') - 1 : 0,
      flags: { ...program.opts(), ...command.opts() },
      grammar: () => grammarOf(program),
    });
    result.code = code ?? 0;
  });
}

async function root(world: World, named: string | undefined, flags: RootFlags): Promise<void> {
  if (flags.unset === true) {
    const { unset } = await import('./commands/unset');
    unset(world, flags);
  } else if (flags.listProfiles !== undefined) {
    const { list } = await import('./commands/list');
    await list(world, flags);
  } else if (flags.who === true) {
    const { status } = await import('./commands/status');
    status(world, {});
  } else if (flags.dryRun === true) {
    const { explain } = await import('./commands/explain');
    await explain(world, named, flags, { json: false });
  } else {
    const { assume } = await import('./commands/assume');
    await assume(world, named, flags);
  }
}

/** Help and version: under a shell function's eval they must come as code that prints them. */
async function plainText(world: World, text: string): Promise<void> {
  const { answer } = await import('./commands/answer');
  answer(world, text);
}

const AFTER = `
In a shell:
  eval "$(tsawsume init bash)"    one line in ~/.bashrc (zsh, fish, powershell, nushell: tsawsume init --help)
  tsawsume cli-role               become cli-role in this shell
  tsawsume --unset                back to nobody
Without an AWS account:
  tsawsume sandbox                a shell with a small AWS of its own
Each verb has a help of its own: tsawsume export --help`;
