import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emission } from '../../src/core/emission';
import { shellNamed } from '../../src/shells/index';
import { hostileValues } from '../shells/hostile';
import { bytesOf, environmentIn, REAL_SHELLS, runIn } from '../shells/support';
import { SEED, share } from './support/fuzz';
import { needs } from './support/needs';

/** An environment holds some megabytes at most: so many values go through a shell at a time. */
const AT_ONCE = 2_000;

const folder = mkdtempSync(join(tmpdir(), 'tsawsume-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SHELLS = REAL_SHELLS.filter(({ takes }) => takes !== 'nushell');

describe.each(['C', 'C.UTF-8'])('row 1: hostile values in the locale %s', (locale) => {
  it.each(SHELLS)('come out of $name byte for byte, and nothing runs', (shell) => {
    needs(shell.argv[0] ?? '');
    for (let part = 0; part < share(20_000) / AT_ONCE; part += 1) {
      const values = hostileValues(AT_ONCE, SEED + part);
      const code = emission(values.map((value, index) => ({ op: 'set', name: `AWS_X${index}`, value })));
      writeFileSync(join(folder, 'code'), shellNamed(shell.takes)?.render(code) ?? '');
      const take =
        shell.takes === 'fish' ? 'command cat code | string collect | source' : 'eval "$(cat code)"';
      writeFileSync(join(folder, 'script'), `${take}; exec env -0`);
      const { status, stdout, stderr } = runIn(shell, {
        script: 'script',
        cwd: folder,
        env: { LC_ALL: locale },
      });
      const seen = environmentIn(stdout);
      const wrong = values.filter((value, index) => seen.get(`AWS_X${index}`) !== bytesOf(value));
      expect(existsSync(join(folder, 'canary'))).toBe(false);
      expect(
        [status, stderr, wrong.map((value) => JSON.stringify(value))],
        `TSAWSUME_SEED=${SEED + part}`,
      ).toEqual([0, '', []]);
    }
  });
});
