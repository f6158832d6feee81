import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { variables, World } from '../support/harness';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const fuzzy = (text = 'fuzzy-match: true\n'): void => {
  mkdirSync(join(world.home.path, '.tsawsume'), { recursive: true });
  writeFileSync(join(world.home.path, '.tsawsume/config.yaml'), text);
};
const who = async (words: readonly string[], env: Record<string, string> = {}) => {
  const { code, stdout, stderr } = await world.run(['export', ...words, '--format', 'json'], { env });
  return { code, stderr, profile: stdout === '' ? '' : variables(stdout)['TSAWSUME_PROFILE'] };
};

describe('a name that is nearly a profile', () => {
  it('is refused with suggestions, unless the settings want it otherwise', async () => {
    for (const set of [undefined, 'fuzzy-match: false\n']) {
      if (set !== undefined) fuzzy(set);
      expect(await who(['reade'])).toEqual({
        code: 3,
        stderr: 'tsawsume: there is no profile "reade"\ndid you mean "reader"?\n',
        profile: '',
      });
    }
    expect(world.calls).toEqual([]);
  });

  it('stands for the profile that is near, and says so, wherever it is typed', async () => {
    fuzzy();
    const line = /^tsawsume: there is no profile "raeder"; taking "reader", .*\n/;
    const exported = await who(['raeder']);
    expect([exported.code, exported.profile]).toEqual([0, 'reader']);
    expect(exported.stderr).toMatch(line);
    for (const words of [
      ['raeder'],
      ['explain', 'raeder'],
      ['exec', 'raeder', '--', 'true'],
      ['whoami', 'raeder'],
    ]) {
      const { code, stderr } = await world.run(words);
      expect(code).toBe(0);
      expect(stderr).toMatch(line);
    }
    const source = await world.run(['export', '--role-arn', '111122223333:reader', '--source-profile', 'bo']);
    expect([source.code, source.stderr]).toEqual([0, expect.stringContaining('taking "bot"')]);
  });

  it('is what is written, named and told, once, for -o, -a and the name of the session', async () => {
    fuzzy('fuzzy-match: true\nrole-session-name: "{profile}@here"\n');
    const env = { TSAWSUME_SHELL: 'bash' };
    const once = /^(tsawsume: there is no profile "raeder"; taking "reader", [^\n]*\n)(?!.*taking)/s;
    const output = await world.run(['raeder', '-o', 'out'], { env });
    expect(output.stderr).toMatch(once);
    expect(output.stderr).toContain('wrote "reader" to the profile "out"');
    const refreshing = await world.run(['raeder', '-a'], { env });
    expect(refreshing.stderr).toMatch(once);
    const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8');
    expect(config).toContain('[profile autotsawsume-reader]');
    expect(config).toMatch(/^credential_process = .* -- reader$/m);
    const { stdout } = await world.run(['whoami', 'raeder']);
    expect(stdout).toContain('assumed-role/reader/reader@here');
  });

  it('is refused when several are near, or none', async () => {
    fuzzy();
    world.home.write('[profile prod-a]\nregion = x\n[profile prod-b]\nregion = x\n', '');
    expect(await who(['prod'])).toMatchObject({
      code: 3,
      stderr:
        'tsawsume: there is no profile "prod", and more than one that it may stand for\ndid you mean "prod-a", "prod-b"?\n',
    });
    expect(await who(['q'])).toMatchObject({ code: 3 });
  });

  it('stands for nothing in AWS_PROFILE, in source_profile, or where a section of that name is no profile', async () => {
    fuzzy();
    expect(await who([], { AWS_PROFILE: 'raeder' })).toMatchObject({ code: 3, profile: '' });
    world.home.write(
      '[profile x]\nrole_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = bo\n[reade]\nregion = x\n[profile reader]\nregion = x\n',
      '[bot]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = x\n',
    );
    expect((await who(['x'])).code).toBe(3);
    const stray = await who(['reade']);
    expect([stray.code, stray.stderr]).toEqual([3, expect.stringContaining('that is no profile')]);
    expect(world.calls).toEqual([]);
  });
});
