import { splitCommandLine } from '../core/command-line';
import { sessionFromProcess } from '../core/process-session';
import type { Session } from '../core/session';
import { badProfile, refused, TsawsumeError } from '../errors';
import type { Environment } from '../world';
import type { Captured } from './capture';
import { capture } from './capture';
import { errorCode } from './error-code';

export interface ProcessOptions {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

/** Bytes; a session is some kilobytes. */
const LIMIT = 1024 * 1024;

/**
 * Runs a `credential_process` as the AWS CLI does: no shell, the program found on PATH, stdin closed, what it prints on
 * stdout parsed. Its stderr is ours, so that it can tell a person to touch a key; nothing of it is kept or repeated.
 *
 * @throws badProfile when the command can't be run, refused when it fails or prints no session. Only the program's
 *   name is in the message, never an argument and never what it printed.
 */
export async function runCredentialProcess(command: string, options: ProcessOptions): Promise<Session> {
  const [program, ...args] = split(command, options.platform);
  if (program === undefined || program === '') throw badProfile('credential_process is empty');
  const name = `credential_process "${program}"`;
  const result = await run(name, program, args, options.env);
  if (result.tooMuch)
    throw refused(`${name} printed more than 1 MiB`, 'it has to print one small JSON object');
  if (result.code !== 0) throw refused(`${name} ${describeEnd(result)}`, 'run it by hand to see why');
  try {
    return sessionFromProcess(result.stdout, options.now());
  } catch (error) {
    throw error instanceof TsawsumeError ? prefixed(name, error) : error;
  }
}

/** How a command that failed ended, as the end of a sentence. */
export function describeEnd(result: Pick<Captured, 'code' | 'signal'>): string {
  return result.signal === undefined
    ? `failed with exit code ${String(result.code ?? 'unknown')}`
    : `was ended by ${result.signal}`;
}

function split(command: string, platform: NodeJS.Platform): string[] {
  try {
    return splitCommandLine(command, platform === 'win32' ? 'windows' : 'posix');
  } catch (error) {
    throw error instanceof TsawsumeError ? prefixed('credential_process', error) : error;
  }
}

const prefixed = (name: string, error: TsawsumeError): TsawsumeError =>
  new TsawsumeError(error.kind, `${name}: ${error.message}`, error.hint);

async function run(name: string, program: string, args: string[], env: Environment): Promise<Captured> {
  try {
    return await capture(program, args, { env, stdin: 'ignore', stderr: 'inherit', limit: LIMIT });
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') throw badProfile(`${name} was not found`, notFoundHint(program));
    if (code === 'EACCES')
      throw badProfile(`${name} is not executable`, 'chmod +x it, or name another program');
    throw refused(`${name} could not be started (${code || 'unknown error'})`);
  }
}

function notFoundHint(program: string): string {
  return program.startsWith('~') || program.includes('$')
    ? 'write the whole path: no shell reads credential_process, so ~ and $ mean nothing there'
    : 'install it, put it on PATH, or write its whole path';
}
