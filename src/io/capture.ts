import type { ChildProcess, StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Environment } from '../world';

export interface Captured {
  readonly stdout: string;
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** More than the limit came; the rest was not waited for. */
  readonly tooMuch: boolean;
}

export interface CaptureOptions {
  readonly env: Environment;
  readonly stdin: 'ignore' | number;
  readonly stderr: 'inherit' | number;
  /** Bytes of stdout. */
  readonly limit: number;
  /** Windows: the arguments are one line that is quoted already. */
  readonly verbatim?: boolean;
}

/**
 * Runs a command without a shell and gives what it prints on stdout. There is no time limit: it may ask a person to
 * touch a key. Ctrl-C reaches it by itself, for it shares our process group.
 * @throws the system's error when it can't be started.
 */
export async function capture(
  command: string,
  args: readonly string[],
  options: CaptureOptions,
): Promise<Captured> {
  const stdio: StdioOptions = [options.stdin, 'pipe', options.stderr];
  const child = spawn(command, args, {
    env: options.env,
    stdio,
    windowsHide: true,
    windowsVerbatimArguments: options.verbatim ?? false,
  });
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= options.limit) return;
    child.kill('SIGKILL');
    child.stdout?.destroy();
  });
  const { code, signal } = await closed(child);
  return { stdout: Buffer.concat(chunks).toString('utf8'), code, signal, tooMuch: size > options.limit };
}

/** Waits until it has ended and nobody writes to its stdout any more. */
function closed(child: ChildProcess): Promise<Pick<Captured, 'code' | 'signal'>> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? undefined, signal: signal ?? undefined }));
  });
}
