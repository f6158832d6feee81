import { readFileSync } from 'node:fs';

let known: string | undefined;

/** This machine's name, as it was when it was first asked for. */
export function hostName(): string {
  known ??=
    (process.platform === 'linux' ? fromKernel() : '') || process.getBuiltinModule('node:os').hostname();
  return known;
}

/** What `os.hostname` gives there, too, but for the loading of `node:os` (0.3 ms); empty where it can't be had. */
function fromKernel(): string {
  try {
    return readFileSync('/proc/sys/kernel/hostname', 'utf8').trimEnd();
  } catch {
    return '';
  }
}
