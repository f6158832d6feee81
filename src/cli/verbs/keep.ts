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
