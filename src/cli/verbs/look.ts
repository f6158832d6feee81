import { fileFlags, sessionFlags } from '../session-flags';
import { profile, type Verb } from '../verb';

/** Verbs that only look: no network. */
export const LOOK: readonly Verb[] = [
  {
    name: 'list',
    summary: 'the profiles: type, source, MFA, region, account',
    declare: (command) =>
      void fileFlags(command)
        .option('--json', 'as JSON')
        .option('--more', 'ask STS for each that needs no MFA code'),
    async run({ world, flags }) {
      const { list } = await import('../../commands/list');
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
      const { status } = await import('../../commands/status');
      await status(world, flags);
      return undefined;
    },
  },
  {
    name: 'explain',
    summary: 'the plan: every value and step, and why',
    declare: (command) => void sessionFlags(profile(command)).option('--json', 'as JSON'),
    async run({ world, args, flags }) {
      const { explain } = await import('../../commands/explain');
      await explain(world, args[0], flags, { json: flags.json === true });
      return undefined;
    },
  },
  {
    name: 'doctor',
    summary: 'what is wrong here, and what to do about it',
    declare: (command) => void fileFlags(command).option('--json', 'as JSON'),
    async run({ world, flags }) {
      const { doctor } = await import('../../commands/doctor');
      return doctor(world, flags);
    },
  },
];
