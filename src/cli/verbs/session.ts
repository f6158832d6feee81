import { usage } from '../../errors';
import { endingFlags, runAssume } from '../root';
import { givenFlag, sessionFlags } from '../session-flags';
import { profile, type Verb } from '../verb';

/** Verbs that make a session. */
export const SESSION: readonly Verb[] = [
  {
    name: 'assume',
    summary: 'become a profile, even one named like a verb',
    changesShell: true,
    declare: (command) =>
      void givenFlag(endingFlags(sessionFlags(profile(command)))).option(
        '-s, --show-commands',
        'print the commands, too',
      ),
    async run({ world, args, flags }) {
      await runAssume(world, args[0], flags);
      return undefined;
    },
  },
  {
    name: 'export',
    summary: 'the session as text, in many formats',
    declare: (command) =>
      void givenFlag(sessionFlags(profile(command)))
        .option(
          '--format <format>',
          'env, env-no-export, fish, powershell, windows-cmd, nushell, dotenv, json or process',
          'env',
        )
        .option('--output <file>', 'write it to a file that only you can read'),
    async run({ world, args, flags }) {
      const { exportSession } = await import('../../commands/export');
      await exportSession(world, args[0], flags);
      return undefined;
    },
  },
  {
    name: 'exec',
    summary: 'run a command: exec PROFILE -- CMD…',
    declare: (command) =>
      void givenFlag(sessionFlags(profile(command))).argument('[command...]', 'the command, after --'),
    async run({ world, args, after, flags }) {
      const { exec } = await import('../../commands/exec');
      const before = after > 0 ? args.slice(0, args.length - after) : args.slice(0, 1);
      if (before.length > 1) throw usage('exec takes one profile before --', 'tsawsume exec PROFILE -- CMD…');
      return exec(world, before[0], args.slice(before.length), flags);
    },
  },
  {
    name: 'whoami',
    summary: 'what STS says who a profile, or this shell, is',
    declare: (command) => void givenFlag(sessionFlags(profile(command))),
    async run({ world, args, flags }) {
      const { whoami } = await import('../../commands/whoami');
      await whoami(world, args[0], flags);
      return undefined;
    },
  },
  {
    name: 'console',
    summary: 'the web console in the browser, or its link',
    declare: (command) =>
      void sessionFlags(profile(command))
        .option('--service <service>', 'the page of a service: s3, ec2, lambda…')
        .option('--print', 'print the link, open nothing'),
    async run({ world, args, flags }) {
      const { openConsole } = await import('../../commands/console');
      await openConsole(world, args[0], flags);
      return undefined;
    },
  },
  {
    name: 'roles',
    summary: 'the roles that a profile may become, and how',
    declare: (command) => void sessionFlags(profile(command)).option('--json', 'as JSON'),
    async run({ world, args, flags }) {
      const { roles } = await import('../../commands/roles');
      await roles(world, args[0], flags);
      return undefined;
    },
  },
];
