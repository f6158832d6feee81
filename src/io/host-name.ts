import { readFileSync } from 'node:fs';

/**
 * This machine's name, as the kernel has it (Linux: where `os.hostname` has it from, too, without loading `node:os`,
 * 0.3 ms).
 */
export function hostName(): string {
  return (
    (process.platform === 'linux' ? fromProc() : undefined) ?? process.getBuiltinModule('node:os').hostname()
  );
}

function fromProc(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/hostname', 'utf8').trimEnd() || undefined;
  } catch {
    return undefined;
  }
}
