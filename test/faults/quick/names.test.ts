import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { emission } from '../../../src/core/emission';
import { run, type World } from '../../support/harness';
import { keysOf, openWorld } from '../../support/open-company';
import { PROGRAM, quoted } from '../../support/program';

/** Names that come from files and flags, on their way to a shell, a terminal and STS. */
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ARN = 'role_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = dev\n';
const HOSTILE = [
  '$(touch canary)',
  '`touch canary`',
  "';touch canary;'",
  '";touch canary;"',
  ';touch${IFS}canary',
  '*',
  '~root',
  '-n',
  '$HOME',
  '\u001b[2J\u001b]0;owned\u0007',
  "a'b\\",
  '__proto__',
  'constructor',
  'toString',
];

/** Evals what tsawsume prints, as a user does, and tells who the shell is then. */
async function evaluated(args: readonly string[]) {
  const script =
    'code=$(tsawsume "$@") || { echo "refused=$?"; exit; }; eval "$code"; printf "%s" "$TSAWSUME_PROFILE"';
  const bin = join(world.home.path, 'bin');
  fs.mkdirSync(bin, { recursive: true });
  fs.writeFileSync(join(bin, 'tsawsume'), `#!/bin/sh\nexec ${quoted(PROGRAM)} "$@"\n`, {
    mode: 0o755,
  });
  const result = await run(['sh', '-c', script, 'sh', ...args], {
    env: { ...world.env, PATH: `${bin}:${world.env['PATH'] ?? ''}` },
    cwd: world.home.path,
  });
  expect(fs.existsSync(join(world.home.path, 'canary'))).toBe(false);
  expect(result.stderr).not.toMatch(/[\0-\x09\x0b-\x1f\x7f\x80-\x9f]/);
  return result;
}

describe('rows 2, 5, 43: a hostile name', () => {
  it.each(HOSTILE)('of a profile, %j: the shell becomes it, literally, and runs nothing', async (name) => {
    world.home.write(`[profile dev]\n${keysOf(world, 'dev')}[profile ${name}]\n${ARN}`, '');
    const { stdout } = await evaluated(
      ['assume', '--', name].filter((word) => word !== '--' || name.startsWith('-')),
    );
    expect([name, expect.stringMatching(/^refused=[123]\n$/)]).toContainEqual(stdout);
    for (const args of [['list'], ['explain', name]]) {
      const told = await world.run(args, { cwd: world.home.path });
      expect(told.stdout + told.stderr).not.toMatch(/[\0-\x08\x0b-\x1f\x7f]/);
    }
  });

  it.each(HOSTILE)('of a region, %j: set as it is or refused, never run', async (region) => {
    world.home.write(`[profile dev]\n${keysOf(world, 'dev')}[profile x]\n${ARN}`, '');
    await evaluated(['x', `--region=${region}`]);
  });

  it.each(HOSTILE)('of a role and of a session, %j: refused or literal, never run', async (name) => {
    world.home.write(`[profile dev]\n${keysOf(world, 'dev')}`, '');
    await evaluated([`--role-arn=arn:aws:iam::111122223333:role/${name}`, '--source-profile', 'dev']);
    await evaluated(['--role-arn=111122223333:reader', '--source-profile=dev', `--session-name=${name}`]);
  });

  it.each(HOSTILE)('of a profile that is not there, %j: refused in lines without an escape', async (name) => {
    const { stdout } = await evaluated(['assume', `./${name}`]);
    expect(stdout).toBe('refused=3\n');
  });

  it('keys named like what every object has are plain keys', async () => {
    const keys = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
      .map((key) => `${key} = x\n`)
      .join('');
    world.home.write(
      `[profile dev]\n${keysOf(world, 'dev')}${keys}[profile x]\n${keys}${ARN}`,
      `[__proto__]\n${keys}`,
    );
    expect((await evaluated(['x'])).stdout).toBe('x');
  });
});

describe('row 3: CR, LF or NUL in a value', () => {
  it.each(['\r', '\n', '\0'])(
    '%j in a flag or a variable: refused, stdout empty, the value not shown',
    async (bad) => {
      const value = `first${bad}second`;
      world.home.write(`[profile dev]\n${keysOf(world, 'dev')}[profile x]\n${ARN}`, '');
      // No system passes a NUL in an argument.
      if (bad === '\0') {
        expect(() => emission([{ op: 'set', name: 'A', value }])).toThrow();
        return;
      }
      const { code, stdout, stderr } = await world.run(['x', `--region=${value}`]);
      expect([code === 0, stdout]).toEqual([false, '']);
      expect(stderr).not.toContain(value);
    },
  );

  it('anywhere in any value: refused, and the message holds nothing of it', () => {
    const part = fc.string({ unit: 'binary', minLength: 4, maxLength: 30 }).map((text) => `<${text}>`);
    fc.assert(
      fc.property(part, fc.constantFrom('\r', '\n', '\0', '\r\n'), part, (one, bad, other) => {
        let message = '';
        try {
          emission([{ op: 'set', name: 'AWS_SESSION_TOKEN', value: one + bad + other }]);
        } catch (error) {
          message = String(error);
        }
        expect(message).toMatch(/AWS_SESSION_TOKEN/);
        expect([message.includes(one), message.includes(other)]).toEqual([false, false]);
      }),
    );
  });
});
