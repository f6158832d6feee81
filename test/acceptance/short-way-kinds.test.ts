import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { IS_EXECUTABLE, PROGRAM, run } from '../support/harness';
import { sameBothWays, ShortWays, type Case } from '../support/short-ways';
import { ODD_NAMES } from '../support/short-way-profiles';

/** What the next run takes that finds everything as it was; the executable has no such way. */
const PROOF: Case = { name: 'what nothing changes', way: 'short' };
const CASES: readonly Case[] = [
  ...['reader', 'cli-role', 'deployer', 'alice', 'five5', 'of-process', 'ci', 'only-here', 'regionless'].map(
    (profile): Case => ({ name: `the profile ${profile}`, profile, way: 'short' }),
  ),
  ...ODD_NAMES.map((profile): Case => ({
    name: `the name ${profile.slice(0, 20)}`,
    profile,
    // No file has a name that long.
    way: profile.length > 200 ? 'never' : 'short',
  })),
  ...['dev', 'process', 'env', 'default'].map((profile): Case => ({
    name: `the profile ${profile}, which is noted never`,
    profile,
    way: 'never',
  })),
  {
    name: 'a role that is the default',
    profile: 'default',
    before: (at) =>
      at.edit(
        at.config,
        '[default]',
        '[default]\nrole_arn = arn:aws:iam::111122223333:role/hop\nsource_profile = bare',
      ),
    way: 'short',
  },
];

let ways: ShortWays;
describe.skipIf(IS_EXECUTABLE)("the short way (a hook of Node's sees which is taken)", () => {
  beforeAll(async () => {
    ways = await ShortWays.open([PROOF, ...CASES]);
  });
  afterAll(() => ways.close());

  it('is taken: a program of which there is no more than that does the same', async () => {
    const at = ways.at(PROOF);
    const folder = mkdtempSync(join(tmpdir(), 'tsawsume-copy-'));
    const own = join(import.meta.dirname, '../..');
    for (const file of ['bin', 'dist/way.js'])
      cpSync(join(own, file), join(folder, file), { recursive: true });
    const [node = '', program = ''] = PROGRAM;
    const copy = [node, join(folder, 'bin', basename(program))];
    const [whole, part] = [
      await at.run(['reader']),
      await run([...copy, 'reader'], {
        env: { ...at.world.env, HOME: at.home.path },
      }),
    ];
    expect([part.code, part.stdout]).toEqual([0, whole.stdout]);
    expect(part.stdout).toContain('AWS_SESSION_TOKEN');
    writeFileSync(at.config, '');
    const gone = await run([...copy, 'reader'], {
      env: { ...at.world.env, HOME: at.home.path },
    });
    expect([gone.code === 0, gone.stdout]).toEqual([false, '']);
    rmSync(folder, { recursive: true });
  });

  it.concurrent.each(CASES)('gives the same both ways: $name', async (one) => {
    const { code, stdout } = await sameBothWays(ways.at(one), one);
    expect([code, stdout.includes('AWS_ACCESS_KEY_ID')]).toEqual([0, true]);
  });
});
