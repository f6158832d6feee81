import { Command, CommanderError } from 'commander';
import { misread } from './cli/misread';
import { grammarOf } from './cli/grammar';
import { givenFlag, hideRareFlags, sessionFlags } from './cli/session-flags';
import { spellOut } from './cli/console-flags';
import { rootFlags, runRoot, type RootFlags } from './cli/root';
import { joinedLists } from './cli/values';
import type { Verb } from './cli/verb';
import { VERBS } from './cli/verbs';
import { wantedAfter } from './cli/wanted';
import { answer } from './commands/answer';
import type { World } from './world';

/** Replaced by the build with package.json's version. */
declare const TSAWSUME_VERSION: string;

/** Parses one command line and runs what it says. Gives the exit code; throws what went wrong. */
export async function runCli(argv: readonly string[], world: World): Promise<number> {
  const result = { code: 0 };
  const program = declare(argv, world, result);
  try {
    await program.parseAsync(spelt(argv, program), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version were printed, and end here; everything else is a line that we say in our own way.
    if (error.exitCode === 0) return 0;
    throw misread(error.message, argv);
  }
  return result.code;
}

/** awsume's `-cl`, `-cs` and `-cls`, which commander would take for other flags in a row. */
function spelt(argv: readonly string[], program: Command): readonly string[] {
  if (!argv.some((word) => word.startsWith('-c'))) return argv;
  const takesValue = (flag: string): boolean =>
    program.options.some(({ short, long, required }) => required && (flag === short || flag === long));
  return spellOut(argv, takesValue, (word) => VERBS.some(({ name }) => name === word));
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
      // Under a shell function's eval, help and version must come as code that prints them.
      writeOut: (text) => answer(world, text),
      writeErr: () => undefined,
      getOutHelpWidth: () => world.out.columns ?? 80,
    })
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .helpCommand(false);
  rootFlags(program);
  givenFlag(sessionFlags(program));
  hideRareFlags(program);
  program
    .option('--info', 'tell more on stderr')
    .option('--debug', 'tell everything on stderr; never a secret')
    .version(TSAWSUME_VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', AFTER)
    .action(async (named: string | undefined, flags: RootFlags) => runRoot(world, named, flags));
  // A verb's own flags are declared only where its name stands in the line, within the words that are to be completed,
  // too, which may be one text with quotes in it: declaring all costs every start 3 ms.
  const words = new Set(argv.flatMap((word) => word.split(/[^a-z]+/)));
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
    .command(verb.name, { hidden: verb.hidden === true })
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
      flags: { ...program.opts(), ...command.opts(), ...joinedLists(program.opts(), command.opts()) },
      grammar: () => grammarOf(program),
      wanted: (typed) => wantedAfter(program, typed),
    });
    result.code = code ?? 0;
  });
}

const AFTER = `
In a shell:
  eval "$(tsawsume init bash)"   one line in ~/.bashrc; other shells: tsawsume init --help
  tsawsume cli-role              become cli-role in this shell
  tsawsume --unset               back to nobody
Every flag of a session: tsawsume assume --help. Without an AWS account: tsawsume sandbox`;
