import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { terminalIsThere } from './terminal-there';

interface Standing {
  readonly parent: number;
  readonly group: number;
  /** Device number of the controlling terminal; 0: none. */
  readonly terminal: number;
  /** The process group that the terminal's keys go to. */
  readonly foreground: number;
}

/** proc(5): /proc/PID/stat, fields 4 to 8. Undefined where there is no /proc (macOS). */
function standingOf(pid: number | 'self'): Standing | undefined {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    // The name, field 2, is in brackets and may hold anything, brackets too.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [, parent, group, , terminal, foreground] = fields.map(Number);
    if (parent === undefined || group === undefined) return undefined;
    return { parent, group, terminal: terminal ?? 0, foreground: foreground ?? -1 };
  } catch {
    return undefined;
  }
}

/**
 * Whether Ctrl-C at the terminal reaches our whole process group, children included, by itself. Asked when a signal
 * has come, for a child that is a shell may have taken the foreground meanwhile.
 */
export function inForeground(platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return true;
  const self = standingOf('self');
  return self === undefined
    ? terminalIsThere(platform)
    : self.terminal !== 0 && self.foreground === self.group;
}

/**
 * Whether somebody would bring us back after Ctrl-Z. Inside `$(…)` of an interactive shell nobody would: the shell
 * waits for our output and is no shell that can say `fg` before it has it. Shells start such commands with SIGTSTP
 * ignored, but Node resets that before any of our code runs; so we look at who started us: a shell that ignores
 * SIGTSTP and shares our process group. Where there is no /proc, the mark of our own shell function has to do.
 */
export function canBeSuspended(env: Readonly<Record<string, string | undefined>>): boolean {
  const self = standingOf('self');
  if (self === undefined) return !env['TSAWSUME_SHELL'];
  return standingOf(self.parent)?.group !== self.group || !ignores(self.parent, constants.signals.SIGTSTP);
}

function ignores(pid: number, signal: number): boolean {
  try {
    const mask =
      /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'latin1'))?.[1] ?? '0';
    return ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
  } catch {
    return false;
  }
}
