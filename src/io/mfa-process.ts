import { closeSync, constants, openSync } from 'node:fs';
import { refused } from '../errors';
import type { Environment } from '../world';
import { capture } from './capture';
import { describeEnd } from './credential-process';
import { errorCode } from './error-code';

/** Bytes; a code is six. */
const LIMIT = 64 * 1024;
const HINT = 'run it by hand to see why, or give the code with --mfa-token';

/**
 * Runs an `mfa_process` (aws-vault's key, and as aws-vault does: by the shell, `/bin/sh -c`) and gives what it printed
 * on stdout, trimmed. Its stdin and stderr are the terminal where there is one, so that it can ask for a PIN or for a
 * touch although our own streams are pipes.
 *
 * @throws refused when it fails or prints nothing. Neither the command nor what it printed is in the message.
 */
export async function runMfaProcess(
  command: string,
  options: { readonly env: Environment; readonly platform: NodeJS.Platform },
): Promise<string> {
  const windows = options.platform === 'win32';
  const terminal = windows ? undefined : openTerminal();
  try {
    // cmd /s takes off the outer quotes and leaves the rest as the user wrote it.
    const [shell, args] = windows
      ? [options.env['ComSpec'] ?? 'cmd.exe', ['/d', '/s', '/c', `"${command}"`]]
      : ['/bin/sh', ['-c', command]];
    const result = await capture(shell, args, {
      env: options.env,
      stdin: terminal ?? 'ignore',
      stderr: terminal ?? 'inherit',
      limit: LIMIT,
      verbatim: windows,
    });
    if (result.tooMuch) throw refused('the mfa_process printed more than a code', HINT);
    if (result.code !== 0) throw refused(`the mfa_process ${describeEnd(result)}`, HINT);
    const answer = result.stdout.trim();
    if (answer === '') throw refused('the mfa_process printed nothing', HINT);
    return answer;
  } catch (error) {
    const code = errorCode(error);
    throw code === '' ? error : refused(`the mfa_process could not be started (${code})`, HINT);
  } finally {
    if (terminal !== undefined) closeSync(terminal);
  }
}

function openTerminal(): number | undefined {
  try {
    return openSync('/dev/tty', constants.O_RDWR | constants.O_NOCTTY);
  } catch {
    return undefined;
  }
}
