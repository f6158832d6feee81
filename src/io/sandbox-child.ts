import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import type { Environment } from '../world';
import { errorCode } from './error-code';
import { inForeground } from './job-control';

export interface ChildEnd {
  /** Its exit code, 128 + n for a signal; 127 not found, 126 not executable. */
  readonly code: number;
  readonly signal: NodeJS.Signals | undefined;
  /** The system's reason why it could not even be started. */
  readonly notStarted: string | undefined;
}

/**
 * What runs in a sandbox: a child on our own streams. Other than `runCommand` it never ends us by itself, since the
 * sandbox must be tidied up first.
 */
export class SandboxChild {
  #child: ChildProcess | undefined;

  /** @param kind a shell is told of SIGTERM by SIGHUP: an interactive one ignores the former. */
  constructor(
    private readonly kind: 'shell' | 'command',
    private readonly platform: NodeJS.Platform,
  ) {}

  async run(command: string, args: readonly string[], env: Environment): Promise<ChildEnd> {
    try {
      const child = spawn(command, args, { env, stdio: 'inherit' });
      this.#child = child;
      return await ended(child);
    } catch (error) {
      const reason = errorCode(error);
      return { code: reason === 'ENOENT' ? 127 : 126, signal: undefined, notStarted: reason };
    }
  }

  /** Hands on a signal that came to us. What is typed at the terminal reaches the child without us. */
  hear(signal: NodeJS.Signals): void {
    const typed = signal === 'SIGINT' || signal === 'SIGQUIT';
    if (typed && inForeground(this.platform)) return;
    this.#child?.kill(this.kind === 'shell' && signal === 'SIGTERM' ? 'SIGHUP' : signal);
  }
}

function ended(child: ChildProcess): Promise<ChildEnd> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const status = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
      resolve({ code: status, signal: signal ?? undefined, notStarted: undefined });
    });
  });
}
