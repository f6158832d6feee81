import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emission } from '../../src/core/emission';
import { formatNamed, shellNamed } from '../../src/shells/index';
import { hostileValues } from './hostile';
import { bytesOf, environmentIn, isMissing, REAL_SHELLS, type RealShell, runIn } from './support';

const SEED = Number(process.env['TSAWSUME_SEED'] ?? 20_260_101);
const VALUES = hostileValues(2_000, SEED);
const names = VALUES.map((_, index) => `AWS_X${String(index)}`);
const all = emission(VALUES.map((value, index) => ({ op: 'set', name: `AWS_X${String(index)}`, value })));
const dir = mkdtempSync(join(tmpdir(), 'tsawsume-quoting-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** Reads `code`, takes it as the user would, and becomes `env -0`. */
function script(shell: RealShell): string {
  if (shell.takes === 'fish') return 'command cat code | string collect | source; exec env -0';
  if (shell.takes === 'nushell') return 'source code\n^env -0';
  return 'eval "$(cat code)"; exec env -0';
}

function code(shell: RealShell): string {
  const text = shell.takes === 'nushell' ? formatNamed('nushell') : shellNamed(shell.takes);
  if (text === undefined) throw new Error(`no ${shell.takes}`);
  return text.render(all);
}

describe.each(REAL_SHELLS)('2,000 hostile values through $name', (shell) => {
  it.skipIf(isMissing(shell)).each(['C', 'C.UTF-8'])('come out byte for byte with LC_ALL=%s', (locale) => {
    writeFileSync(join(dir, 'code'), code(shell));
    writeFileSync(join(dir, 'script'), script(shell));
    const { status, stdout, stderr } = runIn(shell, { script: 'script', cwd: dir, env: { LC_ALL: locale } });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const seen = environmentIn(stdout);
    const wrong = VALUES.filter((value, index) => seen.get(names[index] ?? '') !== bytesOf(value));
    expect(
      wrong.map((value) => JSON.stringify(value).slice(0, 200)),
      `seed ${String(SEED)}`,
    ).toEqual([]);
    expect(existsSync(join(dir, 'canary'))).toBe(false);
  });
});
