import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IS_EXECUTABLE, variables, World } from '../support/harness';
import { untilSettled } from '../support/settled';

/**
 * What is not needed is not parsed. A hook writes down every file of the program that is read; what is in it is told
 * by words that stand in each heavy package's own code, since the bundle has other names for its files.
 */
const MARKS: Readonly<Record<string, RegExp>> = {
  'the STS client': /AssumeRoleWithWebIdentity(Command|Request)|aws-sdk\/client-sts/,
  'the IAM client': /ListRoles(Command|Request)|aws-sdk\/client-iam/,
  open: /Failed to open in all supported apps/,
  inquirer: /ExitPromptError|createPromptModule/,
  yaml: /BLOCK_FOLDED|tag:yaml\.org,2002/,
  chalk: /ansi16m|ansi256/,
};

const folder = mkdtempSync(join(tmpdir(), 'tsawsume-lazy-'));
const hook = join(folder, 'hook.cjs');
let world: World;
beforeAll(async () => {
  writeFileSync(
    hook,
    `const fs = require('node:fs');
for (const name of ['readFileSync', 'openSync']) {
  const original = fs[name];
  fs[name] = function (file, ...rest) {
    if (process.env.LAZY_LOG && /[\\\\/]dist[\\\\/][^\\\\/]+[.]js$/.test(String(file)))
      fs.appendFileSync(process.env.LAZY_LOG, file + '\\n');
    return original.call(this, file, ...rest);
  };
}
`,
  );
  world = await World.open();
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The heavy packages that a run has parsed. */
async function parsed(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const log = join(folder, `${String(Math.random())}.log`);
  writeFileSync(log, '');
  const result = await world.run(args, {
    env: { NODE_OPTIONS: `--require ${hook}`, LAZY_LOG: log, ...env },
  });
  expect([result.code, result.stderr.includes('refused')]).toEqual([0, false]);
  const files = [...new Set(readFileSync(log, 'utf8').split('\n'))].filter((file) => file !== '');
  // The hook has seen the program at all; the short way needs no more of it than one of these.
  expect(files.some((file) => /\/dist\/(?:start|way|export|prompt|words)\.js$/.test(file))).toBe(true);
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return Object.entries(MARKS).flatMap(([name, mark]) => (mark.test(text) ? [name] : []));
}

// The executable reads no files of its own, and parses nothing: what a function is, is read when it is called.
describe.skipIf(IS_EXECUTABLE)('the heavy packages (the npm build alone has them as files)', () => {
  it('a run that fetches parses the STS client, and no other', async () => {
    expect(await parsed(['export', 'reader'])).toEqual(['the STS client']);
  });

  it('a run that finds settings parses yaml, and none after it until they change', async () => {
    const file = join(world.home.path, '.tsawsume/config.yaml');
    writeFileSync(file, 'region: eu-west-1\n');
    expect(await parsed(['export', 'reader'])).toContain('yaml');
    // What was written just now may be written again within the same tick, and is not remembered yet.
    writeFileSync(file, 'region: eu-west-2\n');
    await untilSettled(file);
    expect(await parsed(['export', 'reader'])).toContain('yaml');
    expect(await parsed(['export', 'reader'])).not.toContain('yaml');
    expect(await parsed(['reader'], { TSAWSUME_SHELL: 'bash' })).toEqual([]);
    rmSync(file);
  });

  it('the stored way parses none of them', async () => {
    const { stdout } = await world.run(['export', 'reader', '--format', 'json']);
    expect(variables(stdout)['AWS_SESSION_TOKEN']).toBeDefined();
    expect(await parsed(['export', 'reader'])).toEqual([]);
    expect(await parsed(['reader'])).toEqual([]);
    expect(await parsed(['reader'], { TSAWSUME_SHELL: 'bash' })).toEqual([]);
    expect(await parsed(['exec', 'reader', '--', 'true'])).toEqual([]);
  });

  it.each([
    [['--unset']],
    [['list']],
    [['list', '--json']],
    [['status']],
    [['--version']],
    [['--help']],
    [['init', 'bash']],
    [['explain', 'deployer']],
    [['--dry-run', 'cli-role']],
    [['logout', 'alice']],
  ])('%j parses none of them', async (args) => {
    expect(await parsed(args)).toEqual([]);
  });

  it('nor does a profile of keys, which needs no call', async () => {
    expect(await parsed(['export', 'bot'])).toEqual([]);
  });
});
