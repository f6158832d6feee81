// What a person, a prompt and an SDK do with it every day, each beside the runtime's own start.
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { keyringIn } from './keyring.mjs';

/** One build of the program: what starts it, and a store of its own in which a chain of three steps lies ready. */
export class Subject {
  /** @param argv the words that start it. @param file what the command `tsawsume` is on its PATH. */
  constructor(world, name, argv, file) {
    this.world = world;
    this.name = name;
    this.argv = argv;
    const place = (what) => join(world.folder, `${name.replace(/\W+/g, '-')}-${what}`);
    this.home = place('home');
    this.init = place('init');
    const bin = place('bin');
    mkdirSync(bin);
    symlinkSync(file, join(bin, 'tsawsume'));
    this.env = {
      ...world.env,
      PATH: [bin, world.env.PATH].join(delimiter),
      TSAWSUME_HOME: this.home,
    };
    /** For rows that start with nothing stored. */
    this.empty = { TSAWSUME_HOME: place('empty') };
    this.keyring = keyringIn(place('keyring'));
  }

  /** A command line of it. */
  own(args, { env = {}, prints = /^/ } = {}) {
    return { argv: [...this.argv, ...args], env: { ...this.env, ...env }, prints };
  }

  /** What bash does with a script, and no start files. */
  bash(script, prints = /^/) {
    return { argv: ['bash', '--norc', '-c', script], env: this.env, prints };
  }

  run(command) {
    return this.world.stopwatch.run(command);
  }

  /** Lets the sessions of `deployer` be stored: a user's, a role's, and the role's behind it. */
  async store() {
    const code = await this.world.ask('code', this.world.company.device);
    const deployer = this.own(['export', 'deployer', '--format', 'json'], {
      env: { TSAWSUME_MFA_TOKEN: code },
      prints: /ASIA/,
    });
    this.active = JSON.parse((await this.run(deployer)).stdout);
    const { stdout } = await this.run(this.own(['init', 'bash']));
    writeFileSync(this.init, stdout);
  }

  /** Nothing is stored any more; what V8 made of the program stays. */
  forget() {
    rmSync(join(this.empty.TSAWSUME_HOME, 'cache'), { recursive: true, force: true });
  }

  /** What the short runs go by: the next run resolves anew, as after a change of a file. */
  forgetNotes() {
    const cache = join(this.home, 'cache');
    for (const name of readdirSync(cache).filter((each) => /^(?:way|answer)-/.test(each)))
      rmSync(join(cache, name));
  }

  forgetCode() {
    rmSync(join(this.home, 'compiled'), { recursive: true, force: true });
  }
}

/** `node -e 0` with the environment of all. */
export const bareNode = (world) => ({ argv: [process.execPath, '-e', '0'], env: world.env });

const KEYS = /AWS_SESSION_TOKEN/;

/** The rows in their order. `main`: those that tell whether it got slower. */
export function rows(subject) {
  const { world } = subject;
  const beside = bareNode(world);
  const row = (name, command, more = {}) => ({ name, beside, command: () => command, ...more });
  const anew = () => subject.forgetNotes();
  const profiles = (count) => ({ AWS_CONFIG_FILE: world.configOf(count) });
  const complete = (count) =>
    subject.own(['complete', 'bash', '--', 'generated-1', 'tsawsume generated-1'], {
      env: profiles(count),
      prints: /generated-1\n/,
    });
  return [
    row('`--version`', subject.own(['--version'], { prints: /^\d|tsawsume/ }), { main: true }),
    row('a stored session, 3 steps', subject.own(['deployer'], { prints: KEYS }), { main: true }),
    row('the same, resolved anew', subject.own(['deployer'], { prints: KEYS }), { main: true, before: anew }),
    row(
      'a stored session through the bash function',
      subject.bash(`. '${subject.init}'; tsawsume deployer; [ -n "$AWS_SESSION_TOKEN" ]`),
      // A list, lest bash become the one command it has.
      { main: true, beside: subject.bash(`'${process.execPath}' -e 0; [ -n "$HOME" ]`) },
    ),
    row(
      '`status` in a prompt',
      subject.own(['status', '--format', '{profile} {left}'], { env: subject.active, prints: /^deployer / }),
      { main: true },
    ),
    row('completion, 100 profiles', complete(100)),
    row('completion, 10,000 profiles', complete(10_000), { main: true }),
    row('the same, found anew', complete(10_000), { before: anew }),
    row('`explain`', subject.own(['explain', 'deployer'], { prints: /deployer/ })),
    row('`exec … true`, stored', subject.own(['exec', 'deployer', '--', 'true'])),
    row('one AssumeRole, nothing stored', subject.own(['reader'], { prints: KEYS, env: subject.empty }), {
      main: true,
      before: () => subject.forget(),
    }),
    {
      name: 'GetSessionToken and AssumeRole, nothing stored',
      beside,
      command: async () => {
        const { profile, env } = await world.nextPerson();
        return subject.own([profile], { env, prints: KEYS });
      },
    },
    row(
      'a stored session, `store: keyring` (a stand-in)',
      subject.own(['reader'], { prints: KEYS, env: subject.keyring }),
    ),
    row('a stored session, the first run of a new build', subject.own(['deployer'], { prints: KEYS }), {
      before: () => subject.forgetCode(),
    }),
  ];
}
