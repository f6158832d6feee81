import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { variables, type World } from '../support/harness';
import { objectWith } from '../support/matchers';
import { arnOf, idOf, keysOf, OPEN, openWorld } from '../support/open-company';

/** Tags and policies: what of them STS hears, on which hop, and what is refused before any call. */
let world: World;
beforeAll(async () => {
  world = await openWorld();
  world.home.write(
    `[profile bot]\n[profile hop]\nrole_arn = ${arnOf(OPEN.hop)}\nsource_profile = bot\n` +
      `[profile last]\nrole_arn = ${arnOf(OPEN.last)}\nsource_profile = hop\n`,
    `[bot]\n${keysOf(world, 'bot')}`,
  );
});
beforeEach(() => world.sandbox.journal.clear());
afterAll(() => world.close());

const heard = () => world.sandbox.journal.calls.map(({ params }) => params);
const BILLING = 'arn:aws:iam::aws:policy/job-function/Billing';
const READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

describe('in a chain', () => {
  it('tags, policies and the source identity go to the last hop alone', async () => {
    mkdirSync(join(world.home.path, 'policies'), { recursive: true });
    writeFileSync(join(world.home.path, 'policies/p.json'), '{\n  "Statement": [], "Id": "a  b\\" c"\n}\n');
    const { code, stderr } = await world.run([
      ...['export', 'last', '-t', 'team=blue,empty=', '--tags', 'grüße=a=b', '--transitive-tag-keys', 'team'],
      ...['--source-identity', 'jane', '--session-policy', '@~/policies/p.json'],
      ...['--session-policy-arns', `${BILLING},${READ}`, '--session-policy-arns', READ.replace('Only', '')],
    ]);
    expect([code, stderr]).toEqual([0, '']);
    const [hop = {}, last = {}] = heard();
    expect(Object.keys(hop).sort()).toEqual(['Action', 'RoleArn', 'RoleSessionName', 'Version']);
    expect(last).toMatchObject({
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'blue',
      'Tags.member.2.Key': 'empty',
      'Tags.member.2.Value': '',
      'Tags.member.3.Key': 'grüße',
      'Tags.member.3.Value': 'a=b',
      'TransitiveTagKeys.member.1': 'team',
      SourceIdentity: 'jane',
      Policy: '{"Statement":[],"Id":"a  b\\" c"}',
      'PolicyArns.member.1.arn': BILLING,
      'PolicyArns.member.2.arn': READ,
      'PolicyArns.member.3.arn': READ.replace('Only', ''),
    });
  });

  it('lists add up on both sides of the verb: none is lost, none is less limited', async () => {
    const { code } = await world.run([
      ...['-t', 'a=b', '--session-policy-arns', READ, '--transitive-tag-keys', 'a', 'export'],
      ...['-t', 'c=d', '--session-policy-arns', BILLING, '--transitive-tag-keys', 'c', 'hop'],
    ]);
    expect(code).toBe(0);
    expect(heard()).toEqual([
      objectWith({
        'Tags.member.1.Key': 'a',
        'Tags.member.2.Key': 'c',
        'TransitiveTagKeys.member.1': 'a',
        'TransitiveTagKeys.member.2': 'c',
        'PolicyArns.member.1.arn': READ,
        'PolicyArns.member.2.arn': BILLING,
      }),
    ]);
  });

  it('a blank behind a comma is no part of a key', async () => {
    await world.run(['export', 'hop', '-t', 'one=1, two=2 3']);
    expect(heard()[0]).toMatchObject({ 'Tags.member.2.Key': 'two', 'Tags.member.2.Value': '2 3' });
  });

  it('each of them is part of the key: the session without them is another', async () => {
    await world.run(['export', 'hop', '-r']);
    await world.run(['export', 'hop', '-t', 'team=blue']);
    await world.run(['export', 'hop', '--session-policy', '{"Statement": []}']);
    await world.run(['export', 'hop', '--session-policy', '{"Statement":[]}']);
    expect(heard()).toHaveLength(3);
  });
});

const many = Array.from({ length: 51 }, (_, index) => `k${String(index)}=v`).join(',');
const wrongPolicy = '{"Statement": [],\n}';

describe('refused before any call, exit 2', () => {
  it.each([
    ['no pair', ['-t', 'team'], /--session-tags want KEY=VALUE/],
    ['no key', ['--session-tags', ':=,=blue'], /--session-tags want KEY=VALUE/],
    ['no tags, as of a variable that is not set', ['-t', ''], /--session-tags want KEY=VALUE/],
    ['no transitive keys', ['--transitive-tag-keys', ''], /--transitive-tag-keys names ""/],
    ['no policies: the session would not be limited', ['--session-policy-arns', ''], /no ARN of a policy/],
    ['nothing but commas', ['--session-policy-arns', ','], /no ARN of a policy/],
    ['a key too long', ['-t', `${'k'.repeat(129)}=v`], /128/],
    ['a value too long', ['-t', `k=${'v'.repeat(257)}`], /256 characters \(key "k"\)/],
    ['characters', ['-t', 'k=a;b'], /characters STS refuses \(key "k"\)/],
    ['a reserved key', ['-t', 'AWS:x=y'], /reserved/],
    ['too many', ['-t', many], /are 51, and STS takes 50/],
    ['the same key twice, as STS compares them', ['-t', 'Team=a', '-t', 'team=b'], /"team" twice/],
    ['the AWS CLI’s way of writing', ['-t', 'Key=team,Value=blue'], /not Key=…,Value=…/],
    ['a transitive key that is no tag', ['-t', 'a=b', '--transitive-tag-keys', 'c'], /names "c"/],
    ['a source identity', ['--source-identity', 'j ane'], /--source-identity/],
    ['a policy that is no JSON', ['--session-policy', wrongPolicy], /no JSON \(--session-policy/],
    ['a policy that is no object', ['--session-policy', '[]'], /no JSON object \(--session-policy\)/],
    ['a policy too long', ['--session-policy', `{"Id":"${'x'.repeat(2048)}"}`], /STS takes 2048/],
    ['no ARN', ['--session-policy-arns', 'ReadOnlyAccess'], /no ARN of a policy/],
    ['a role’s ARN', ['--session-policy-arns', arnOf(OPEN.hop)], /no ARN of a policy/],
    ['too many ARNs', ['--session-policy-arns', Array(11).fill(READ).join(',')], /names 11 policies/],
    ['a template of nothing known', ['--session-name', '{uesr}'], /knows no \{uesr\} \(--session-name\)/],
  ])('%s', async (_, flags, words) => {
    const { code, stdout, stderr } = await world.run(['export', 'hop', ...flags]);
    expect([code, stdout, heard()]).toEqual([2, '', []]);
    expect(stderr).toMatch(/^tsawsume: [^\n]+\n[^\n]+\n$/);
    expect(stderr).toMatch(words);
  });

  it.each([
    ['--session-policy', '{"Statement":[]}'],
    ['--session-policy-arns', READ],
    ['--session-tags', 'a=b'],
    ['--source-identity', 'jane'],
  ])('%s for keys that assume no role: it would have gone to nobody', async (flag, value) => {
    const { code, stdout, stderr } = await world.run(['export', 'bot', flag, value]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${flag} goes with AssumeRole, and profile "bot" is no role`);
  });

  it('a policy file that is no JSON is named, with its line', async () => {
    const file = join(world.home.path, 'bad.json');
    writeFileSync(file, '{\n"Statement": [],\n}\n');
    const { code, stderr } = await world.run(['export', 'hop', '--session-policy', `@${file}`]);
    expect([code, stderr.split('\n')[0]]).toEqual([2, `tsawsume: the session policy is no JSON (${file}:3)`]);
  });
});

describe('the session name as a template', () => {
  const named = async (args: readonly string[], env: Record<string, string> = {}) => {
    const { stderr } = await world.run(['export', ...args], { env });
    return heard().at(-1)?.['RoleSessionName'] ?? stderr;
  };

  it.each([
    ['{user}', 'jane'],
    ['{user}@{profile}', 'jane@hop'],
    ['x', 'x', 'refused'],
    ['{profile} of {user}', 'hop-of-jane'],
    ['{user}'.repeat(20), 'jane'.repeat(16)],
  ])('%s', async (template, name, refused = '') => {
    const got = await named(['hop', '--session-name', template], { USER: 'jane' });
    if (refused === '') expect(got).toBe(name);
    else expect(got).toContain('the session name is not one that AWS takes (--session-name)');
  });

  it('is cleaned to AWS’s alphabet, and long enough', async () => {
    expect(await named(['hop', '--session-name', '{user}'], { USER: 'CORP\\jäne' })).toBe('CORP-j-ne');
    expect(await named(['hop', '--session-name', '{user}'], { USER: 'j' })).toBe('tsawsume-j');
  });

  it('{host}, and in the settings; a profile’s own name is literal, as AWS reads it', async () => {
    const own = join(world.home.path, '.tsawsume');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'config.yaml'), 'role-session-name: "{user}.{host}"\n');
    expect(await named(['hop'], { USER: 'jane' })).toMatch(/^jane\.[\w.-]+$/);
    writeFileSync(join(own, 'config.yaml'), 'region: eu-west-1\nrole-session-name: "{who}"\n');
    expect(await named(['hop', '-r'])).toMatch(/^jane/);
    const bad = await world.run(['export', 'hop']);
    expect([bad.code, bad.stderr]).toEqual([
      3,
      expect.stringContaining(`knows no {who} (${own}/config.yaml:2)`),
    ]);
    writeFileSync(join(own, 'config.yaml'), '');
    const config = join(world.home.path, 'other-config');
    writeFileSync(
      config,
      `[profile lit]\nrole_arn = ${arnOf(OPEN.hop)}\nsource_profile = bot\nrole_session_name = {user}\n`,
    );
    const literal = await world.run(['export', 'lit', '--config-file', '~/other-config']);
    expect([literal.code, literal.stderr]).toEqual([3, expect.stringContaining('other-config:4')]);
  });
});

describe('--config-file and --credentials-file', () => {
  it('win over the environment, and ~ is HOME', async () => {
    writeFileSync(join(world.home.path, 'c1'), '[profile here]\nregion = eu-north-1\n');
    writeFileSync(join(world.home.path, 'k1'), `[here]\n${keysOf(world, 'alice')}`);
    writeFileSync(join(world.home.path, 'k2'), `[here]\n${keysOf(world, 'bot')}`);
    const env = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: join(world.home.path, 'k2') };
    const args = ['export', 'here', '--format', 'json', '--config-file=~/c1'];
    const both = await world.run([...args, '--credentials-file=~/k1'], { env });
    expect(variables(both.stdout)).toMatchObject({
      AWS_ACCESS_KEY_ID: idOf(world, 'alice'),
      AWS_REGION: 'eu-north-1',
    });
    const one = await world.run(args, { env });
    expect(variables(one.stdout)['AWS_ACCESS_KEY_ID']).toBe(idOf(world, 'bot'));
  });
});
