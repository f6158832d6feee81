import { usage } from '../../errors';
import { fileFlags } from '../session-flags';
import { profile, type Verb } from '../verb';

/** Verbs around the session: hooking up, cleaning up, trying out. */
export const KEEP: readonly Verb[] = [
  {
    name: 'logout',
    summary: 'forget stored sessions, all or those of a profile',
    declare: (command) => void fileFlags(profile(command)),
    async run({ world, args, flags }) {
      const { logout } = await import('../../commands/logout');
      await logout(world, args[0], flags);
      return undefined;
    },
  },
  {
    name: 'config',
    summary: 'the settings: get, set, reset, list, import',
    declare: (command) =>
      void command
        .argument('[action]', 'get KEY, set KEY VALUE, reset [KEY], list, or import [FILE] of awsume')
        .argument('[key]', 'which setting; list has all of them')
        .argument('[value]', 'its new value')
        .option('--json', 'list as JSON'),
    async run({ world, args, flags }) {
      const { config } = await import('../../commands/config');
      await config(world, args, flags.json === true);
      return undefined;
    },
  },
  {
    name: 'revoke',
    summary: "end all live sessions of a profile's role",
    declare: (command) =>
      void fileFlags(profile(command))
        .option('--as <profile>', "the profile that may; else the role's source")
        .option('--mfa-token <code>', 'the MFA code of who signs; - reads it from stdin')
        .option('--yes', 'do not ask'),
    async run({ world, args, flags }) {
      const { revoke } = await import('../../commands/revoke');
      await revoke(world, args[0], flags);
      return undefined;
    },
  },
  {
    name: 'init',
    summary: 'the code that hooks a shell up',
    declare: (command) => void command.argument('<shell>', 'bash, zsh, sh, fish, powershell or nushell'),
    async run({ world, args, grammar }) {
      const { init } = await import('../../commands/init');
      init(world, args[0] ?? '', grammar());
      return undefined;
    },
  },
  {
    name: 'completion',
    summary: 'the code that completes words at TAB',
    declare: (command) => void command.argument('<shell>', 'bash, zsh, fish, powershell or nushell'),
    async run({ world, args, grammar }) {
      const { completion } = await import('../../commands/completion');
      completion(world, args[0] ?? '', grammar());
      return undefined;
    },
  },
  {
    name: 'complete',
    summary: 'what that code asks',
    hidden: true,
    declare: (command) => void command.argument('<shell>').argument('[words...]'),
    async run({ world, args, wanted }) {
      const { complete } = await import('../../commands/complete');
      await complete(world, args[0] ?? '', args.slice(1), wanted);
      return undefined;
    },
  },
  {
    name: 'sandbox',
    summary: 'a shell with a small AWS of its own',
    declare: (command) => void command.argument('[command...]', 'the command, after --'),
    async run({ world, args, after }) {
      if (args.length > after) throw usage('sandbox takes its command after --', 'tsawsume sandbox -- CMD…');
      const { sandbox } = await import('../../commands/sandbox');
      return sandbox(world, args);
    },
  },
];
