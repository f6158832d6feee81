import { readFileSync, readlinkSync } from 'node:fs';
import { checksum } from '../core/checksum';
import { hostName } from './host-name';

/**
 * Which process, not merely which pid: a pid is used again, after a reboot at the latest, and means somebody else
 * in another container or on another host that shares this home. Written into temp names and lock records as
 * `pid-start-host-boot-space`: letters, digits and hyphens only.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it began: clock ticks since boot on Linux, seconds since the epoch elsewhere; 0 when not known. */
  readonly start: number;
  /** A hash of the host's name and machine id. */
  readonly host: string;
  /** This boot of the kernel; `0` where the system does not tell. */
  readonly boot: string;
  /** The pid namespace; `0` where there are none. */
  readonly space: string;
}

/**
 * `stopped`: alive, but it will not go on by itself (Ctrl-Z). `unknown`: it lives, or lived, where we can't look:
 * on another host or in another pid namespace.
 */
export type Liveness = 'alive' | 'stopped' | 'dead' | 'unknown';

/** What can't be judged is believed alive this long after it last wrote, in milliseconds, and dead after. */
export const UNKNOWN_PATIENCE = 15 * 60_000;

const FORM = /^([1-9]\d{0,9})-(\d{1,15})-([0-9a-f]{12})-([0-9a-f]{1,32})-(\d{1,20})$/;

export function formatIdentity(of: ProcessIdentity): string {
  return `${of.pid}-${of.start}-${of.host}-${of.boot}-${of.space}`;
}

/** @returns undefined for what `formatIdentity` did not write. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  const [, pid, start, host, boot, space] = FORM.exec(text) ?? [];
  if (pid === undefined || start === undefined || host === undefined) return undefined;
  if (boot === undefined || space === undefined) return undefined;
  return { pid: Number(pid), start: Number(start), host, boot, space };
}

let own: ProcessIdentity | undefined;

export function ownIdentity(): ProcessIdentity {
  own ??= readOwn();
  return own;
}

function readOwn(): ProcessIdentity {
  const machine = orElse('', () => readFileSync('/etc/machine-id', 'utf8'));
  // Both: cloned machines share the id, and machines on one network may share a name.
  const host = checksum(`${machine}\n${hostName()}`).slice(0, 12);
  const linux = process.platform === 'linux' ? procStat('self') : undefined;
  if (typeof linux !== 'object') {
    const start = Math.round(Date.now() / 1000 - process.uptime());
    return { pid: process.pid, start, host, boot: '0', space: '0' };
  }
  const boot = orElse('0', () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const space = orElse('0', () => readlinkSync('/proc/self/ns/pid'));
  return {
    // The pid as /proc counts it, since /proc is where others look it up: it may belong to an outer namespace.
    pid: linux.pid,
    start: linux.start,
    host,
    boot: boot.replace(/[^0-9a-f]/g, '') || '0',
    space: space.replace(/\D/g, '') || '0',
  };
}

/** Judges by this moment; `dead` is for ever, everything else may change at once. */
export function judge(other: ProcessIdentity): Liveness {
  const self = ownIdentity();
  if (other.boot !== self.boot) return other.host === self.host ? 'dead' : 'unknown';
  if (other.space !== self.space) return 'unknown';
  // Where the kernel names its boots, the same boot is the same machine, whatever a container calls itself.
  if (self.boot === '0' && other.host !== self.host) return 'unknown';
  return self.boot === '0' ? judgeByPs(other) : judgeByProc(other);
}

function judgeByProc(other: ProcessIdentity): Liveness {
  const found = procStat(String(other.pid));
  if (found === 'absent') return 'dead';
  if (found === 'unreadable') return judgeBySignal(other.pid);
  // A zombie has been killed and only waits for its parent to notice.
  if (found.start !== other.start || /[ZXx]/.test(found.state)) return 'dead';
  return /[Tt]/.test(found.state) ? 'stopped' : 'alive';
}

interface ProcStat {
  readonly pid: number;
  readonly state: string;
  readonly start: number;
}

/** proc(5), /proc/pid/stat: field 1 the pid, 3 the state, 22 the start. Field 2 is a name that may hold anything. */
function procStat(pid: string): ProcStat | 'absent' | 'unreadable' {
  let text: string;
  try {
    // What of a name is no UTF-8 is replaced, and no field is looked for there.
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOENT' || code === 'ESRCH' ? 'absent' : 'unreadable';
  }
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const stat = { pid: Number.parseInt(text, 10), state: fields[0] ?? '', start: Number(fields[19]) };
  return Number.isSafeInteger(stat.pid) && Number.isSafeInteger(stat.start) ? stat : 'unreadable';
}

/** Two clocks name the start, and the clock may have been set in between, so seconds apart are the same process. */
const START_TOLERANCE_SECONDS = 10;

/** For systems without /proc, macOS above all. Exported for the tests, since Linux has this `ps`, too. */
export function judgeByPs(other: ProcessIdentity): Liveness {
  if (judgeBySignal(other.pid) === 'dead') return 'dead';
  const line = orElse('', () => ps(other.pid));
  const [, begun, state] = /^\s*(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+([A-Za-z])/.exec(line) ?? [];
  if (begun === undefined || state === undefined) return judgeBySignal(other.pid);
  const start = Date.parse(`${begun} UTC`) / 1000;
  if (Math.abs(start - other.start) > START_TOLERANCE_SECONDS || state === 'Z') return 'dead';
  return state === 'T' ? 'stopped' : 'alive';
}

function ps(pid: number): string {
  // Loading it takes longer than all the rest of a run that finds a stored session, and few systems need it.
  // Node knows no other way to load a module late and at once; before 20.16 there is none, and the pid must do.
  const { execFileSync } = process.getBuiltinModule('node:child_process');
  return execFileSync('ps', ['-o', 'lstart=,state=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 2_000,
  });
}

function judgeBySignal(pid: number): Liveness {
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH' ? 'dead' : 'alive';
  }
}

function orElse(fallback: string, read: () => string): string {
  try {
    return read();
  } catch {
    return fallback;
  }
}
