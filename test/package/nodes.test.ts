import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Result, run, variables, World } from '../support/harness';
import { MAJORS, nodeFolder, Packed } from './packed';

const EXPIRY = /^(?:Session token|\[cli-role\] Role credentials) will expire at .*$/;

/** Installed as a user installs it, and run by every Node that it promises to run on. */
describe('the installed package', () => {
  let packed: Packed;

  beforeAll(() => {
    packed = new Packed();
    packed.install();
  });
  afterAll(() => packed.remove());

  describe.each(MAJORS)('on Node %s', (major) => {
    let world: World;
    let PATH: string;

    beforeAll(async () => {
      world = await World.open();
      PATH = [nodeFolder(major), join(packed.prefix, 'bin'), '/usr/bin', '/bin'].join(delimiter);
    });
    afterAll(() => world.close());

    const tsawsume = async (...args: readonly string[]): Promise<Result> => {
      const result = await run(['tsawsume', ...args], { env: { ...world.env, PATH } });
      expect(result).toMatchObject({ code: 0, signal: null });
      return result;
    };
    /** Without a word on stderr: no deprecation, no end of support, no experiment. */
    const quietly = async (...args: readonly string[]): Promise<string> => {
      const { stdout, stderr } = await tsawsume(...args);
      expect(stderr).toBe('');
      return stdout;
    };

    it('says its version', async () => {
      expect(await quietly('--version')).toBe(`${String(packed.manifest()['version'])}\n`);
    });

    it('lists the profiles', async () => {
      expect(await quietly('list')).toMatch(/^cli-role +/m);
    });

    it('becomes a role with one MFA code, and again from the stored session', async () => {
      const fetched = await tsawsume('cli-role', '--mfa-token', world.code());
      expect(fetched.stderr.trimEnd().split('\n')).toEqual([
        expect.stringMatching(EXPIRY),
        expect.stringMatching(EXPIRY),
      ]);
      expect(world.calls).toEqual(['GetSessionToken', 'AssumeRole']);
      const stored = await tsawsume('cli-role');
      expect(stored.stderr.trimEnd()).toMatch(EXPIRY);
      expect(stored.stdout).toBe(fetched.stdout);
      expect(world.calls).toHaveLength(2);
    });

    it('exports the session, and STS says that it is the role', async () => {
      const session = variables(await quietly('export', 'cli-role', '--format', 'json'));
      expect(session).toHaveProperty('AWS_SESSION_TOKEN');
      expect(await quietly('whoami', 'cli-role')).toContain(':assumed-role/cli-role/');
    });
  });
});
