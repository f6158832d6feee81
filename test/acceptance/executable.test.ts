import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IS_EXECUTABLE, PROGRAM, variables, World } from '../support/harness';

let world: World;
let folder: string;
beforeEach(async () => {
  world = await World.open();
  folder = mkdtempSync(join(tmpdir(), 'tsawsume-test-'));
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const JSON_OF = ['export', 'reader', '--format', 'json'] as const;

describe('where somebody happens to be', () => {
  it('no file decides who they become: .env, bunfig.toml, package.json, tsconfig.json', async () => {
    const trap = join(folder, 'trap.js');
    writeFileSync(trap, `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'sprung'))}, '')`);
    const lines = 'AWS_PROFILE=bot\nTSAWSUME_HOME=/nowhere\nAWS_ENDPOINT_URL_STS=http://127.0.0.1:9\n';
    for (const name of ['.env', '.env.local', '.env.production', '.env.development'])
      writeFileSync(join(folder, name), lines);
    writeFileSync(join(folder, 'bunfig.toml'), `preload = ["./trap.js"]\n[run]\npreload = ["./trap.js"]\n`);
    writeFileSync(join(folder, 'package.json'), '{"type": "module", "imports": {"#x": "./trap.js"}}');
    writeFileSync(
      join(folder, 'tsconfig.json'),
      '{"compilerOptions": {"paths": {"node:fs": ["./trap.js"]}}}',
    );
    mkdirSync(join(folder, 'node_modules'));
    const { code, stdout } = await world.run(JSON_OF, { cwd: folder });
    expect([code, variables(stdout)['TSAWSUME_PROFILE']]).toEqual([0, 'reader']);
    const { stdout: plan } = await world.run(['--dry-run'], { cwd: folder });
    expect(plan.split('\n')[0]).toContain('default');
    expect(existsSync(join(folder, 'sprung'))).toBe(false);
  });
});

// Of the npm build the tests in test/package say the same.
describe.skipIf(!IS_EXECUTABLE)('the executable (the npm build needs Node)', () => {
  it('needs no other program, and no variable', async () => {
    const { code, stdout } = await world.run(JSON_OF, { env: { PATH: '/nowhere', TZ: undefined } });
    expect([code, variables(stdout)['TSAWSUME_PROFILE']]).toEqual([0, 'reader']);
  });

  it('names itself, and nothing inside it, where it is to be started again', async () => {
    const [own = ''] = PROGRAM;
    const { stdout } = await world.run(['init', 'bash'], { env: { PATH: '/usr/bin:/bin' } });
    expect(stdout).toContain(realpathSync(own));
    expect(stdout).not.toMatch(/bunfs|~BUN/);
  });
});
