import type { Command } from 'commander';
import type { Grammar } from '../shells/shell';
import { AWSUME_CONSOLE_PLAIN } from './console-flags';
import { VERBS } from './verbs';

/** Flags of the root command that print rather than change the shell. */
const PLAIN = ['--list-profiles', '--who', '--clean', '--dry-run', '--version', '--help', '--console'];

/** What a shell function must know of the command line, read off its declaration. */
export function grammarOf(program: Command): Grammar {
  const names = (flag: { short?: string | undefined; long?: string | undefined }): string[] =>
    [flag.short, flag.long].filter((name) => name !== undefined);
  return {
    plainVerbs: VERBS.filter(({ changesShell }) => !changesShell).map(({ name }) => name),
    plainFlags: [
      ...program.options
        .filter(({ long }) => PLAIN.includes(long ?? '') || (long ?? '').startsWith('--console-'))
        .flatMap(names),
      ...AWSUME_CONSOLE_PLAIN,
      '-h',
      '--help',
    ],
    // A value that may be left out counts as well: `-k list` is about a profile, and no call of the verb.
    valueFlags: program.options.filter(({ required, optional }) => required || optional).flatMap(names),
  };
}
