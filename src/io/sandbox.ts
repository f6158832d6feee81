import { join } from 'node:path';
import { isatty } from 'node:tty';
import { refused } from '../errors';
import { makeCompany, type Company } from '../sandbox/company';
import { startSandbox, type Sandbox as Server } from '../sandbox/server';
import { PLACES } from '../sandbox/shell-files';
import type { Environment, Sandbox, SandboxPort } from '../world';
import { SandboxChild } from './sandbox-child';
import { CodeFile } from './sandbox-codes';
import { sandboxEnv, shellCommand } from './sandbox-env';
import { ownProgram } from './program';
import { makeHome, removeHome } from './sandbox-home';
import { dieBy, handleSignals } from './signals';

interface SandboxOptions {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly now: () => number;
  /** Tells a person why a command could not be run. */
  readonly warn: (line: string) => void;
}

/** The sandbox of people: the server in this process, a temporary HOME, and one child that lives in them. */
export function sandboxPort(options: SandboxOptions): SandboxPort {
  return {
    interactive: [0, 1, 2].every((fd) => isatty(fd)),
    open: async () => {
      if (options.platform === 'win32')
        throw refused('the sandbox needs a Unix shell', 'run it in WSL: wsl tsawsume sandbox');
      return OpenSandbox.start(options);
    },
  };
}

/** Signals that end us, and must not before all is tidied up. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
/** As a child is ended by these so are we, and a loop in a script stops at Ctrl-C; the others would leave a core. */
const ENDS_US: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP']);

class OpenSandbox implements Sandbox {
  readonly #server: Server;
  readonly #home: string;
  readonly #codes: readonly CodeFile[];
  readonly #forgetSignals: () => void;
  readonly #removeHome: () => void;
  #child: SandboxChild | undefined;
  /** Somebody wants us to end. */
  #came: NodeJS.Signals | undefined;

  static async start(options: SandboxOptions): Promise<OpenSandbox> {
    const company = makeCompany();
    const codes: CodeFile[] = [];
    const server = await startSandbox({
      company,
      now: options.now,
      onSpentCode: () => codes.forEach((code) => code.update()),
    });
    try {
      return new OpenSandbox(options, company, server, codes);
    } catch (error) {
      await server.close();
      throw error;
    }
  }

  private constructor(
    private readonly options: SandboxOptions,
    private readonly company: Company,
    server: Server,
    codes: CodeFile[],
  ) {
    this.#server = server;
    const home = makeHome(company, ownProgram());
    this.#home = home;
    this.#removeHome = () => removeHome(home);
    // For whatever ends us without a signal, an error of our own too.
    process.once('exit', this.#removeHome);
    const came = (signal: NodeJS.Signals): void => this.#hear(signal);
    this.#forgetSignals = handleSignals(Object.fromEntries(ENDING.map((signal) => [signal, came])));
    for (const user of ['dev', 'alice'] as const) {
      const { serial } = company.users[user].device ?? { serial: '' };
      codes.push(
        new CodeFile(join(home, PLACES.codes), user, () => server.cloud.showCode(serial), options.now),
      );
    }
    codes.forEach((code) => code.update());
    this.#codes = codes;
  }

  code(): ReturnType<Sandbox['code']> {
    return this.#server.cloud.showCode(this.company.users.dev.device?.serial ?? '');
  }

  run(command: string, args: readonly string[]): Promise<number> {
    return this.#live('command', command, args);
  }

  shell(): Promise<number> {
    const [command, ...args] = shellCommand(this.options.env, this.#home);
    return this.#live('shell', command, args);
  }

  async #live(kind: 'shell' | 'command', command: string, args: readonly string[]): Promise<number> {
    const { env, platform, warn } = this.options;
    const child = new SandboxChild(kind, platform);
    this.#child = child;
    const end = await child.run(command, args, sandboxEnv(env, this.#home, this.#server.url));
    await this.#close();
    if (end.notStarted !== undefined) warn(notStarted(command, end.notStarted));
    const signal = (kind === 'shell' ? this.#came : undefined) ?? end.signal;
    if (signal !== undefined && ENDS_US.has(signal)) dieBy(signal);
    return end.code;
  }

  #hear(signal: NodeJS.Signals): void {
    if (signal === 'SIGTERM' || signal === 'SIGHUP') this.#came = signal;
    if (this.#child !== undefined) this.#child.hear(signal);
    else void this.#close().then(() => dieBy(signal));
  }

  async #close(): Promise<void> {
    for (const code of this.#codes) code.close();
    this.#removeHome();
    process.removeListener('exit', this.#removeHome);
    await this.#server.close();
    this.#forgetSignals();
  }
}

const notStarted = (command: string, reason: string): string =>
  reason === 'ENOENT' ? `${command}: command not found` : `${command}: can't be executed (${reason})`;
