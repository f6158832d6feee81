import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM, World } from '../support/harness';

let world: World;
const program = PROGRAM.map((word) => `"${word}"`).join(' ');

beforeAll(async () => {
  world = await World.open();
  const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8');
  const credentials = readFileSync(join(world.home.path, '.aws/credentials'), 'utf8');
  world.home.write(
    `${config}
[profile nested]
credential_process = ${program} export reader --format process

[profile circle]
credential_process = ${program} export circle --format process
`,
    credentials,
  );
});
afterAll(() => world.close());

test('a credential_process that is tsawsume gives its JSON, also under a shell function', async () => {
  const { code, stdout, stderr } = await world.run(['nested'], { env: { TSAWSUME_SHELL: 'bash' } });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toContain("export TSAWSUME_PROFILE='nested'");
});

test('a credential_process that asks for its own profile ends at once, and says why', async () => {
  const { code, stdout, stderr } = await world.run(['circle']);
  expect(code).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain('circle');
});
