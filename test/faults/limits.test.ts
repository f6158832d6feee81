import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROGRAM, run, World, type Result } from '../support/harness';
import { RUNTIME } from '../support/program';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const JSON_OF = ['export', 'reader', '--format', 'json'];

function limited(limit: string, command: readonly string[]): Promise<Result> {
  return run(['sh', '-c', `ulimit ${limit} && exec "$@"`, 'sh', ...command], { env: world.env });
}

describe('row 17: limits', () => {
  it('no file may grow: the credentials come, one warning', async () => {
    const { code, stdout, stderr } = await limited('-f 0', [...PROGRAM, ...JSON_OF]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('"AWS_SESSION_TOKEN"')]);
    expect(stderr).toMatch(/^tsawsume: sessions can't be stored: [^\n]*EFBIG[^\n]*\n$/);
  });

  it('no file may grow, and one is to be written: one line', async () => {
    await world.run(JSON_OF);
    const { code, stdout, stderr } = await limited('-f 0', [...PROGRAM, 'reader', '-o', 'out']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^tsawsume: can't write [^\n]*EFBIG[^\n]*\n$/);
  });

  /**
   * Node opens 17 files of its own before it reads a line of ours, and dies without them: measured by an empty program.
   * The executable's own runtime opens fewer.
   */
  it.each([8, 12, 16, 17, 18, 19, 20, 22, 24, 28, 32])(
    '%i open files: one line, or success, wherever an empty program can start',
    async (count) => {
      const empty = join(world.home.path, 'empty.js');
      writeFileSync(empty, '');
      const bare = await limited(`-n ${count}`, [...RUNTIME, empty]);
      for (const args of [JSON_OF, ['--version']]) {
        const { code, signal, stdout, stderr } = await limited(`-n ${count}`, [...PROGRAM, ...args]);
        if (bare.code !== 0) {
          expect([code, signal], 'as an empty program').toEqual([bare.code, bare.signal]);
          expect(stdout).toBe('');
        } else if (code === 0) expect(stdout).not.toBe('');
        else {
          expect(stdout).toBe('');
          expect(stderr).not.toMatch(/^\s+at /m);
        }
      }
      console.log(`${count} open files: an empty program ends with ${bare.signal ?? bare.code ?? 'nothing'}`);
    },
  );

  it('little stack, little memory: one line, or success', async () => {
    for (const limit of ['-s 256', '-s 1024']) {
      const { code, stdout } = await limited(limit, [...PROGRAM, ...JSON_OF]);
      if (code === 0) expect(stdout).toContain('"AWS_SESSION_TOKEN"');
      else expect(stdout).toBe('');
    }
  });
});
