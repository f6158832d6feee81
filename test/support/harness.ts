import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { companyFiles } from '../../src/sandbox/company-files';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server';
import { PROGRAM } from './program';

export { IS_EXECUTABLE, PROGRAM } from './program';

export interface Result {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  readonly cwd?: string;
}

/** A command, without a terminal and in a session of its own, so that /dev/tty can't be opened by accident. */
export async function run(command: readonly string[], options: RunOptions = {}): Promise<Result> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { env: options.env, cwd: options.cwd, detached: true, stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => {
      // Whatever a test is about: what Node thinks of how a program is written is nothing for the people at stderr.
      const warning = /^\(node:\d+\) (?:Experimental|Deprecation)Warning.*/m.exec(stderr)?.[0];
      if (warning !== undefined && command.some((word) => PROGRAM.includes(word))) reject(new Error(warning));
      else resolve({ code, signal, stdout, stderr });
    });
  });
}

/** A temporary HOME, with AWS's two files in it. */
export class Home {
  readonly path = mkdtempSync(join(tmpdir(), 'tsawsume-test-'));

  constructor(config: string, credentials: string) {
    mkdirSync(join(this.path, '.aws'));
    this.write(config, credentials);
  }

  write(config: string, credentials: string): void {
    writeFileSync(join(this.path, '.aws/config'), config);
    writeFileSync(join(this.path, '.aws/credentials'), credentials);
  }

  get cache(): string {
    return join(this.path, '.tsawsume/cache');
  }

  /** The names of the stored sessions' files. */
  sessions(): readonly string[] {
    try {
      return readdirSync(this.cache).filter((name) => /^[0-9a-f]{32}\.json$/.test(name));
    } catch {
      return [];
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The sandbox's small company, a HOME that belongs to it, and the built program run in both. */
export class World {
  private constructor(
    readonly sandbox: Sandbox,
    readonly home: Home,
  ) {}

  static async open(options: SandboxOptions = {}): Promise<World> {
    const sandbox = await startSandbox(options);
    const { config, credentials } = companyFiles(sandbox.company);
    return new World(sandbox, new Home(config, credentials));
  }

  get env(): Record<string, string | undefined> {
    return {
      PATH: process.env['PATH'],
      HOME: this.home.path,
      AWS_ENDPOINT_URL_STS: this.sandbox.url,
      AWS_ENDPOINT_URL_IAM: this.sandbox.url,
      TSAWSUME_SIGNIN_ENDPOINT: this.sandbox.url,
      TZ: 'UTC',
    };
  }

  /** The code that `dev`'s device shows. */
  code(user: 'dev' | 'alice' = 'dev'): string {
    return this.sandbox.cloud.currentCode(this.sandbox.company.users[user].device?.serial ?? '');
  }

  run(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    return run([...PROGRAM, ...args], { ...options, env: { ...this.env, ...options.env } });
  }

  /** What STS was asked, by action, in order. */
  get calls(): readonly string[] {
    return this.sandbox.journal.calls.map(({ action }) => action);
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    this.home.remove();
  }
}

/** What `export --format json` printed. */
export function variables(json: string): Record<string, string> {
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('no variables');
  return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
}
