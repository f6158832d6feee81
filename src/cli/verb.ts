import type { Command } from 'commander';
import type { SessionFlags } from '../core/request';
import type { Wanted } from '../commands/complete';
import type { Typed } from '../shells/completion';
import type { Grammar } from '../shells/shell';
import type { World } from '../world';
import type { VerbName } from './verb-names';

/** One call of a verb. */
export interface Call {
  readonly world: World;
  readonly args: readonly string[];
  /** How many of `args` stood after `--`. */
  readonly after: number;
  /** The verb's flags, and the root's where they stood before the verb. */
  readonly flags: SessionFlags & {
    readonly showCommands?: boolean;
    readonly outputProfile?: string;
    readonly autoRefresh?: boolean;
    readonly format?: string;
    readonly output?: string;
    readonly more?: boolean;
    readonly as?: string;
    readonly yes?: boolean;
    readonly service?: string;
    readonly print?: boolean;
  };
  readonly grammar: () => Grammar;
  /** What may stand next after these words. */
  readonly wanted: (typed: Typed) => Wanted;
}

/** A verb as the help page shows it. Its command is imported when it runs, and not before. */
export interface Verb {
  readonly name: VerbName;
  readonly summary: string;
  /** Not for people: it is on no help page. */
  readonly hidden?: boolean;
  /** Its stdout is code for the shell, not text. */
  readonly changesShell?: boolean;
  declare(command: Command): void;
  /** The exit code, where it is not 0. */
  run(call: Call): Promise<number | undefined>;
}

/** The profile that a verb is about; without one: AWS_PROFILE, or `default`. */
export const profile = (command: Command): Command => command.argument('[profile]', 'the profile');
