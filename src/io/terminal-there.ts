import { closeSync, constants, openSync } from 'node:fs';

export const TTY = '/dev/tty';

/** Whether there is a terminal to ask at: an open and a close of /dev/tty, or on Windows a look at stdin and stderr. */
export function terminalIsThere(platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return process.stdin.isTTY && process.stderr.isTTY;
  try {
    closeSync(openSync(TTY, constants.O_RDWR | constants.O_NOCTTY));
    return true;
  } catch {
    return false;
  }
}
