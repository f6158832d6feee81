import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { refused } from '../errors';
import type { Environment } from '../world';
import { errorCode } from './error-code';
import { inForeground } from './job-control';
import { dieBy, handleSignals } from './signals';
import { windowsCommand } from './windows-command';

/** As shells have it (POSIX, Shell Command Language, 2.8.2). */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
const SIGNALLED = 128;

/** Signals that leave a core: of us it would hold keys that the command never had. */
const DUMPS_CORE: ReadonlySet<NodeJS.Signals> = new Set<NodeJS.Signals>([
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGSEGV',
  'SIGSYS',
  'SIGXCPU',
  'SIGXFSZ',
]);

export interface ExecOptions {
  readonly platform: NodeJS.Platform;
  /** Tells a person why a command could not be run. */
  warn(line: string): void;
}

/**
 * Runs a command on our own streams and waits for it, so transparently that it could have been run instead of us: its
 * exit code is given back; a signal that ended it ends us, too; signals that are sent to us reach it. Ctrl-Z needs
 * nothing: the terminal stops and continues us both.
 *
 * @param env all of the command's environment; it is found on that PATH.
 * @returns its exit code; 128 + n for a signal that can't end us or would leave a core; 127 not found, 126 not
 *   executable, after a line that says so.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  env: Environment,
  options: ExecOptions,
): Promise<number> {
  let child: ChildProcess | undefined;
  // Before the start: from then on a signal must not end us and leave the command behind.
  const forget = handleSignals(forwarding(() => child, options.platform));
  try {
    child = start(command, args, env, options.platform);
    const end = await ended(child);
    if (end.signal === null) return end.code ?? 1;
    forget();
    if (!DUMPS_CORE.has(end.signal)) dieBy(end.signal);
    return SIGNALLED + constants.signals[end.signal];
  } catch (error) {
    return notRun(command, error, options);
  } finally {
    forget();
  }
}

function start(
  command: string,
  args: readonly string[],
  env: Environment,
  platform: NodeJS.Platform,
): ChildProcess {
  if (platform !== 'win32') return spawn(command, args, { env, stdio: 'inherit' });
  const found = windowsCommand(command, args, env);
  return spawn(found.command, found.args, {
    env,
    stdio: 'inherit',
    windowsVerbatimArguments: found.verbatim,
  });
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function forwarding(
  child: () => ChildProcess | undefined,
  platform: NodeJS.Platform,
): Parameters<typeof handleSignals>[0] {
  const forward = (signal: NodeJS.Signals): void => void child()?.kill(signal);
  // The terminal's keys reach the whole foreground group: sent on, the command would get them twice, and many take a
  // second Ctrl-C for "at once, without tidying up".
  const unlessTyped = (signal: NodeJS.Signals): void => {
    if (!inForeground(platform)) forward(signal);
  };
  const shared = { SIGINT: unlessTyped, SIGTERM: forward, SIGHUP: forward };
  if (platform === 'win32') return { ...shared, SIGBREAK: unlessTyped };
  return { ...shared, SIGQUIT: unlessTyped, SIGUSR1: forward, SIGUSR2: forward, SIGCONT: forward };
}

function notRun(command: string, error: unknown, options: ExecOptions): number {
  const code = errorCode(error);
  switch (code) {
    case 'ENOENT':
      options.warn(`${command}: command not found`);
      return NOT_FOUND;
    case 'EACCES':
    case 'EPERM':
    case 'ENOEXEC':
    case 'ENOTDIR':
    case 'E2BIG':
    case 'ETXTBSY':
      options.warn(`${command}: can't be executed (${code})`);
      return NOT_EXECUTABLE;
    default:
      throw refused(`${command} could not be started (${code || 'unknown error'})`);
  }
}
