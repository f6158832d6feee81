import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROGRAM, run, World } from '../support/harness';
import { quoted } from '../support/program';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const own = quoted(PROGRAM);
const script = `eval "$(${own} init bash)" && tsawsume reader && echo "$TSAWSUME_PROFILE"`;

test('a checkout that is not on PATH can be hooked up', async () => {
  const env = { ...world.env, PATH: '/usr/bin:/bin' };
  const { code, stdout } = await run(['bash', '-c', script], { env });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'reader\n' });
});

test('where PATH has tsawsume, the hook calls it by name, so that an update is taken up', async () => {
  const bin = join(world.home.path, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'tsawsume'), `#!/bin/sh\nexec ${own} "$@"\n`);
  chmodSync(join(bin, 'tsawsume'), 0o755);
  const env = { ...world.env, PATH: `${bin}:/usr/bin:/bin` };
  const init = await run([...PROGRAM, 'init', 'bash'], { env });
  expect(init.stdout).not.toContain(PROGRAM.at(-1));
  expect(await run(['bash', '-c', script], { env })).toMatchObject({ code: 0, stdout: 'reader\n' });
});
