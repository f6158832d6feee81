import { appendFileSync, chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { World } from '../support/harness';

let world: World;
beforeEach(async () => {
  world = await World.open();
  chmodSync(place('.aws/credentials'), 0o600);
  writeFileSync(place('.zshrc'), 'eval "$(tsawsume init zsh)"\n');
});
afterEach(() => world.close());

const place = (path: string): string => join(world.home.path, path);
const config = (text: string): void => appendFileSync(place('.aws/config'), `\n${text}`);
const hooked = { SHELL: '/bin/zsh' };

describe('doctor', () => {
  it('finds nothing where all is well, and calls nobody', async () => {
    const { code, stdout, stderr } = await world.run(['doctor'], { env: hooked });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(/^(warning|problem)/m);
    expect(stdout).toMatch(/profiles are well/);
    expect(world.calls).toEqual([]);
  });

  it('names each bad profile with its file and line, and what to do; the good ones stay good', async () => {
    config(
      '[profile bad]\nrole_arn = nonsense\nsource_profile = dev\n' +
        '[profile one]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = two\n' +
        '[profile two]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = one\n' +
        '[profile lonely]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = gone\n' +
        '[typo]\nregion = x\n',
    );
    const { code, stdout } = await world.run(['doctor'], { env: hooked });
    expect(code).toBe(1);
    const problems = stdout.split('\n').filter((line) => line.startsWith('problem'));
    expect(problems.map((line) => /"(bad|one|two|gone)"/.exec(line)?.[1])).toEqual([
      'bad',
      'gone',
      'one',
      'two',
    ]);
    for (const line of problems) expect(line).toMatch(/\.aws\/config:\d+\)/);
    expect(stdout).toMatch(/^warning.*\[typo\].*\.aws\/config:\d+/m);
    expect(stdout.match(/^ +→ /gm)?.length).toBeGreaterThanOrEqual(5);
    expect((await world.run(['reader'])).code).toBe(0);
  });

  it.each([
    ['/bin/bash', '', /not hooked up/],
    ['/bin/bash', '# eval "$(tsawsume init bash)"', /not hooked up/],
    ['/bin/bash', 'eval "$(tsawsume init bash)"', /^ok +bash is hooked up/m],
    ['/usr/bin/fish', '', /tsawsume init fish \| source/],
  ])('knows %s with %j in .bashrc', async (shell, text, said) => {
    writeFileSync(place('.bashrc'), text);
    const { code, stdout } = await world.run(['doctor'], { env: { SHELL: shell } });
    expect([code, stdout]).toEqual([0, expect.stringMatching(said)]);
  });

  it('is JSON on demand', async () => {
    config('[profile bad]\nrole_arn = nonsense\nsource_profile = dev\n');
    const { code, stdout } = await world.run(['doctor', '--json'], { env: hooked });
    const found: unknown = JSON.parse(stdout);
    expect(code).toBe(1);
    if (!Array.isArray(found)) throw new TypeError('no list');
    expect(found.map((one) => JSON.stringify(one)).join('\n')).toMatch(
      /^\{"level":"problem","what":"profile \\"bad\\"/m,
    );
  });

  it.each([
    [{ AWS_ACCESS_KEY_ID: 'AKIAX', AWS_SECRET_ACCESS_KEY: 's' }, /wins over every profile/],
    [{ AWS_ACCESS_KEY_ID: 'AKIAX' }, /half a key pair/],
    [{ AWS_PROFILE: 'no-such' }, /AWS_PROFILE names "no-such"/],
    [
      {
        AWS_ACCESS_KEY_ID: 'ASIAX',
        AWS_SECRET_ACCESS_KEY: 's',
        TSAWSUME_PROFILE: 'reader',
        AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
      },
      /has expired: it was "reader"/,
    ],
  ])('warns of the variables %j', async (env, warning) => {
    const { code, stdout } = await world.run(['doctor'], { env: { ...hooked, ...env } });
    expect([code, stdout.split('\n').filter((line) => line.startsWith('warning'))]).toEqual([
      0,
      [expect.stringMatching(warning)],
    ]);
  });

  it('says who else can read the keys, and that nothing can be stored', async () => {
    chmodSync(place('.aws/credentials'), 0o644);
    mkdirSync(place('.tsawsume'));
    mkdirSync(place('elsewhere'));
    symlinkSync(place('elsewhere'), place('.tsawsume/cache'));
    const { code, stdout } = await world.run(['doctor'], { env: hooked });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^warning .*credentials: others can read it/m);
    expect(stdout).toMatch(/^problem .*can not be stored/m);
  });

  it('goes on where a file can not be read, or the settings are none', async () => {
    rmSync(place('.aws/config'));
    mkdirSync(place('.aws/config'));
    const { code, stdout } = await world.run(['doctor'], { env: hooked });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^problem .*can't read .*config: it is /m);
    expect(stdout).toMatch(/^ok .*can be stored/m);
    rmSync(place('.aws/config'), { recursive: true });
    writeFileSync(place('.tsawsume/config.yaml'), 'region: [\n');
    expect((await world.run(['doctor'], { env: hooked })).stdout).toMatch(/^problem .*config\.yaml/m);
  });

  it('leaves nothing of its own behind', async () => {
    await world.run(['reader']);
    const before = world.home.sessions();
    await world.run(['doctor'], { env: hooked });
    expect(world.home.sessions()).toEqual(before);
    expect((await world.run(['reader'])).code).toBe(0);
  });
});
