import type { Command } from 'commander';
import type { SessionFlags } from '../core/request';
import { usage } from '../errors';
import type { Grammar } from '../shells/shell';
import type { World } from '../world';
import { fileFlags, sessionFlags } from './session-flags';

/** One call of a verb. */
export interface Call {
  readonly world: World;
  readonly args: readonly string[];
  /** How many of `args` stood after `--`. */
  readonly after: number;
  /** The verb's flags, and the root's where they stood before the verb. */
  readonly flags: SessionFlags & {
    readonly showCommands?: boolean;
    readonly format?: string;
    readonly output?: string;
    readonly json?: boolean;
  };
  readonly grammar: () => Grammar;
}

/** A verb as the help page shows it. Its command is imported when it runs, and not before. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  /** Its stdout is code for the shell, not text. */
  readonly changesShell?: boolean;
  declare(command: Command): void;
  /** The exit code, where it is not 0. */
  run(call: Call): Promise<number | undefined>;
}

const profile = (command: Command): Command => command.argument('[profile]', 'the profile');

export const VERBS: readonly Verb[] = [
  {
    name: 'assume',
    summary: 'become a profile, also one that is named like a verb',
    changesShell: true,
    declare: (command) =>
      void sessionFlags(profile(command)).option('-s, --show-commands', 'print the commands, too'),
    async run({ world, args, flags }) {
      const { assume } = await import('../commands/assume');
      await assume(world, args[0], flags);
      return undefined;
    },
  },
  {
    name: 'export',
    summary: 'the session as text: variables, JSON, credential_process',
    declare: (command) =>
      void sessionFlags(profile(command))
        .option(
          '--format <format>',
          'env, env-no-export, fish, powershell, windows-cmd, nushell, dotenv, json or process',
          'env',
        )
        .option('--output <file>', 'write it to a file that only you can read'),
    async run({ world, args, flags }) {
      const { exportSession } = await import('../commands/export');
      await exportSession(world, args[0], flags);
      return undefined;
    },
  },
  {
    name: 'exec',
    summary: 'run a command as a profile: exec PROFILE -- CMD…',
    declare: (command) =>
      void sessionFlags(profile(command)).argument('[command...]', 'the command, after --'),
    async run({ world, args, after, flags }) {
      const { exec } = await import('../commands/exec');
      const before = after > 0 ? args.slice(0, args.length - after) : args.slice(0, 1);
      if (before.length > 1) throw usage('exec takes one profile before --', 'tsawsume exec PROFILE -- CMD…');
      return exec(world, before[0], args.slice(before.length), flags);
    },
  },
  {
    name: 'list',
    summary: 'the profiles: type, source, MFA, region, account',
    declare: (command) => void fileFlags(command).option('--json', 'as JSON'),
    async run({ world, flags }) {
      const { list } = await import('../commands/list');
      await list(world, flags);
      return undefined;
    },
  },
  {
    name: 'status',
    summary: 'who this shell is, and every stored session',
    declare: (command) =>
      void command
        .option('--json', 'as JSON')
        .option(
          '--format <text>',
          'for a prompt: {profile} {region} {left} {expires}; nothing when it is nobody',
        ),
    async run({ world, flags }) {
      const { status } = await import('../commands/status');
      status(world, flags);
      return undefined;
    },
  },
  {
    name: 'whoami',
    summary: 'what STS says who a profile, or this shell, is',
    declare: (command) => void sessionFlags(profile(command)),
    async run({ world, args, flags }) {
      const { whoami } = await import('../commands/whoami');
      await whoami(world, args[0], flags);
      return undefined;
    },
  },
  {
    name: 'explain',
    summary: 'the plan: each value with its file and line, each step with its reason',
    declare: (command) => void sessionFlags(profile(command)).option('--json', 'as JSON'),
    async run({ world, args, flags }) {
      const { explain } = await import('../commands/explain');
      await explain(world, args[0], flags, { json: flags.json === true });
      return undefined;
    },
  },
  {
    name: 'logout',
    summary: 'forget stored sessions, all or those of a profile',
    declare: (command) => void fileFlags(profile(command)),
    async run({ world, args, flags }) {
      const { logout } = await import('../commands/logout');
      await logout(world, args[0], flags);
      return undefined;
    },
  },
  {
    name: 'sandbox',
    summary: 'a shell, or a command, with a small AWS of its own: sandbox [-- CMD…]',
    declare: (command) => void command.argument('[command...]', 'the command, after --'),
    async run({ world, args, after }) {
      if (args.length > after) throw usage('sandbox takes its command after --', 'tsawsume sandbox -- CMD…');
      const { sandbox } = await import('../commands/sandbox');
      return sandbox(world, args);
    },
  },
  {
    name: 'init',
    summary: 'the code that hooks a shell up: bash, zsh, sh, fish, powershell, nushell',
    declare: (command) => void command.argument('<shell>', 'bash, zsh, sh, fish, powershell or nushell'),
    async run({ world, args, grammar }) {
      const { init } = await import('../commands/init');
      init(world, args[0] ?? '', grammar());
      return undefined;
    },
  },
];
