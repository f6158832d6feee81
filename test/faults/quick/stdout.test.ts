import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAM, run, World, type Result } from '../../support/harness';
import { quoted } from '../../support/program';

let world: World;
beforeAll(async () => {
  world = await World.open();
  await world.run(['reader']);
});
afterAll(() => world.close());

/** A script of sh in which `tsawsume` is the program. */
function sh(script: string): Promise<Result> {
  const own = `tsawsume() { ${quoted(PROGRAM)} "$@"; }\n`;
  return run(['sh', '-c', own + script], { env: { ...world.env, AWS_PROFILE: 'mine' } });
}

const SPEAKING = [
  'reader',
  'export reader --format json',
  'export reader --format process',
  'explain reader',
  'status',
  'list',
  'init bash',
  '--version',
  '--help',
  '--unset',
];

describe('row 44: stdout that takes nothing', () => {
  it.each(SPEAKING)('full: tsawsume %s is not exit 0, and says why in a line', async (words) => {
    const { stdout, stderr } = await sh(`tsawsume ${words} >/dev/full; echo "code=$?"`);
    expect(stdout).toBe('code=1\n');
    expect(stderr).toMatch(/ENOSPC/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  /** Node opens /dev/null in the place of a closed descriptor, so a program of it can't tell: nothing is lost but text. */
  it('closed: nothing breaks, and the shell that captures it stays as it was', async () => {
    const { stdout, stderr } = await sh(
      'code=$(tsawsume reader >&-) && eval "$code"; echo "$AWS_PROFILE/${AWS_ACCESS_KEY_ID:-none}"',
    );
    expect([stdout, stderr]).toEqual(['mine/none\n', expect.stringMatching(/^\[reader\][^\n]*\n$/)]);
  });

  it('the shell that captures it stays as it was', async () => {
    // A pipe whose reader is gone is what `$(…)` is to a program whose shell has died; a full disk holds its text, too.
    const { stdout } = await sh(
      'code=$(tsawsume reader 2>/dev/null >/dev/full) && eval "$code"; echo "$?/$AWS_PROFILE/${AWS_ACCESS_KEY_ID:-none}"',
    );
    expect(stdout).toBe('1/mine/none\n');
  });

  it('stderr that takes nothing changes nothing', async () => {
    for (const how of ['2>/dev/full', '2>&-']) {
      const { stdout } = await sh(
        `code=$(tsawsume reader ${how}) && eval "$code"; echo "$?/$AWS_PROFILE/\${AWS_ACCESS_KEY_ID:+keys}"`,
      );
      expect(stdout).toBe('0//keys\n');
    }
  });
});
