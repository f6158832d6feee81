import { readFileSync } from 'node:fs';
import type { Uptime } from '../core/believed';
import { hostName } from './host-name';

/** By the machine's own count, which setting its clock does not touch. */
export function readUptime(): Uptime {
  try {
    return (process.platform === 'linux' ? fromProc() : undefined) ?? fromNode();
  } catch {
    // A sandbox may forbid even this; then the clock alone has to do.
    return { host: '', milliseconds: 0 };
  }
}

function fromNode(): Uptime {
  const { uptime } = process.getBuiltinModule('node:os');
  return { host: hostName(), milliseconds: uptime() * 1000 };
}

/**
 * Where Node looks, too, without loading `node:os` (0.3 ms). Bun's own would ask the kernel, which knows no parts of a
 * second, and counts another time where a container has a count of its own: the two would not believe each other's
 * sessions.
 */
function fromProc(): Uptime | undefined {
  try {
    const seconds = Number.parseFloat(readFileSync('/proc/uptime', 'utf8'));
    return seconds > 0 ? { host: hostName(), milliseconds: seconds * 1000 } : undefined;
  } catch {
    return undefined;
  }
}
