import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emission } from '../../src/core/emission';
import { shellNamed } from '../../src/shells/index';
import { hostileValues } from '../shells/hostile';
import { bytesOf, environmentIn, REAL_SHELLS, runIn } from '../shells/support';
import { World } from '../support/harness';
import { needs } from './support/needs';

/** Locales of our own making, so that none need be installed: glibc looks for them where LOCPATH says. */
const LOCALES: readonly (readonly [string, string, string])[] = [
  ['C', '', ''],
  ['tr_TR.UTF-8', 'tr_TR', 'UTF-8'],
  ['ja_JP.eucJP', 'ja_JP', 'EUC-JP'],
];
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsawsume-locales-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function made(name: string, input: string, charmap: string): string {
  needs('localedef');
  if (!existsSync(join(folder, name))) {
    // It ends with 1 for warnings alone.
    execFileSync('sh', [
      '-c',
      'localedef -c -i "$1" -f "$2" "$3" 2>/dev/null || [ -e "$3/LC_CTYPE" ]',
      'sh',
      input,
      charmap,
      join(folder, name),
    ]);
  }
  return name;
}

describe.each(LOCALES)('row 41: in the locale %s', (name, input, charmap) => {
  const environment = (): Record<string, string> =>
    input === '' ? { LC_ALL: name } : { LC_ALL: made(name, input, charmap), LOCPATH: folder };

  it('the program prints the same bytes', async () => {
    const world = await World.open();
    try {
      await world.run(['reader']);
      const verbs = [
        ['reader'],
        ['export', 'reader', '--format', 'json'],
        ['list'],
        ['explain', 'reader', '--json'],
        ['init', 'bash'],
      ];
      for (const args of verbs) {
        const plain = await world.run(args, { env: { LC_ALL: 'C.UTF-8' } });
        const there = await world.run(args, { env: environment() });
        expect(there).toEqual(plain);
      }
    } finally {
      await world.close();
    }
  });

  it.each(REAL_SHELLS.filter(({ takes }) => takes !== 'nushell'))(
    '2,000 hostile values through $name come out byte for byte',
    (shell) => {
      needs(shell.argv[0] ?? '');
      const values = hostileValues(2_000, 41);
      const text = shellNamed(shell.takes)?.render(
        emission(values.map((value, index) => ({ op: 'set', name: `AWS_X${index}`, value }))),
      );
      writeFileSync(join(folder, 'code'), text ?? '');
      const take =
        shell.takes === 'fish' ? 'command cat code | string collect | source' : 'eval "$(cat code)"';
      writeFileSync(join(folder, 'script'), `${take}; exec env -0`);
      const { status, stdout } = runIn(shell, { script: 'script', cwd: folder, env: environment() });
      const seen = environmentIn(stdout);
      const wrong = values.filter((value, index) => seen.get(`AWS_X${index}`) !== bytesOf(value));
      expect(existsSync(join(folder, 'canary'))).toBe(false);
      expect([status, wrong.map((value) => JSON.stringify(value).slice(0, 100))]).toEqual([0, []]);
    },
  );
});
