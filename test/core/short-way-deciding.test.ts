import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { become } from '../../src/commands/session';
import { decidingFacts } from '../../src/core/facts';
import type { Inputs, StoredSession } from '../../src/core/ports';
import { DECIDING, decidingEnvironment } from '../../src/core/short-way';
import { awsFilePaths } from '../../src/io/aws-files';
import { createWorld } from '../../src/io/world';
import { entry } from '../io/support-entry';
import { MemoryStore } from '../support/fakes';
import { role, SERIAL, USER } from '../support/plans';

/**
 * The variables that a run with a stored session reads on its way to it, besides `DECIDING`, and why the short way need
 * not know them. Who adds one that decides adds it to `DECIDING`.
 */
const OTHERS: Readonly<Record<string, string>> = {
  AWS_REGION: 'the own region is a part of the deciding text, by whichever name',
  AWS_DEFAULT_REGION: 'the same',
  TSAWSUME_PROFILE: 'tells an own region from one of ours: the same',
  AWS_ACCESS_KEY_ID: "is who credential_source = Environment is; the machine's own role is never noted",
  AWS_SESSION_TOKEN: 'the same',
  AWS_SECURITY_TOKEN: 'the same',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'the same',
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: 'the same',
  AWS_PROFILE: 'stands for a name that was not typed, and the short way has one',
  AWS_DEFAULT_PROFILE: 'the same',
  TSAWSUME_MFA_TOKEN: 'is a code for who is asked for one, and with a stored session nobody is',
};
/** Likewise, of those that the World itself reads. */
const OF_THE_WORLD: Readonly<Record<string, string>> = {
  ...OTHERS,
  TZ: 'a part of the writing text, since no plan is made of it',
  USER: 'for a template of session names, and such settings are never noted',
  LOGNAME: 'the same',
  USERNAME: 'the same',
};

const KINDS: readonly (readonly [string, string])[] = [
  ['role', role('role', 'u')],
  ['long', role('long', 'u', 'duration_seconds = 7200')],
  ['mfa', role('mfa', 'u', `mfa_serial = ${SERIAL}`)],
  ['mfa-long', role('mfa-long', 'u', `mfa_serial = ${SERIAL}\nduration_seconds = 7200`)],
  [
    'chain',
    `${role('chain-1', 'u')}${role('chain', 'chain-1', 'duration_seconds = 1800\nexternal_id = xyz')}`,
  ],
  [
    'user',
    `[profile user]\nsource = none\nmfa_serial = ${SERIAL}\naws_access_key_id = AKIAU\naws_secret_access_key = s`,
  ],
  [
    'of-process',
    `[profile process]\ncredential_process = /bin/keys\n${role('of-process', 'process', 'duration_seconds = 7200')}`,
  ],
  ['web', '[profile web]\nrole_arn = arn:aws:iam::123456789012:role/ci\nweb_identity_token_file = /token'],
  [
    'over-web',
    `[profile web-1]\nrole_arn = arn:aws:iam::123456789012:role/ci\nweb_identity_token_file = /token\n${role('over-web', 'web-1')}`,
  ],
  [
    'with-endpoint',
    `${role('with-endpoint', 'u', 'services = s\nregion = eu-west-1')}[services s]\nsts =\n  endpoint_url = http://127.0.0.1:1\n`,
  ],
  ['env', `[profile env]\nrole_arn = arn:aws:iam::123456789012:role/x\ncredential_source = Environment`],
  [
    'ec2',
    `[profile ec2]\nrole_arn = arn:aws:iam::123456789012:role/x\ncredential_source = Ec2InstanceMetadata`,
  ],
];
const MACHINES = ['env', 'ec2'];

/** Whatever is asked for is stored. */
class FullStore extends MemoryStore {
  readonly recalled: string[] = [];
  override read(key: string, inputs: Inputs = {}): StoredSession {
    const now = Date.now();
    const session = { ...entry().session, expiresAt: now + 3_600_000 };
    return { ...entry(), inputs: { ...inputs, key }, session, obtainedAt: now };
  }
  override recall(fact: string): Inputs | undefined {
    this.recalled.push(fact);
    return super.recall(fact);
  }
}

const home = mkdtempSync(join(tmpdir(), 'tsawsume-deciding-'));
const usual = { ...process.env };
beforeAll(() => {
  for (const name of Object.keys(process.env))
    if (/^(AWS|TSAWSUME|XDG)_/.test(name)) Reflect.deleteProperty(process.env, name);
  process.env['HOME'] = home;
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws/config'), KINDS.map(([, text]) => text).join('\n'));
  writeFileSync(join(home, '.aws/credentials'), USER);
});
afterAll(() => {
  process.env = usual;
  rmSync(home, { recursive: true });
});

/** Becomes a profile that is stored; which variables were read on the way, and to what it led. */
async function led(profile: string, env: Readonly<Record<string, string>>) {
  const read = new Set<string>();
  const note = (name: string | symbol): string => {
    read.add(String(name));
    return String(name);
  };
  const watched = new Proxy<Readonly<Record<string, string>>>(env, {
    get: (target, name) => target[note(name)],
    has: (target, name) => note(name) in target,
    getOwnPropertyDescriptor: (target, name) => Object.getOwnPropertyDescriptor(target, note(name)),
    ownKeys: (target) => {
      read.add('all of them');
      return Object.keys(target);
    },
  });
  const store = new FullStore();
  const world = { ...createWorld([]), env: watched, store: () => Promise.resolve(store) };
  const { taken, chain, request, plan } = await become(world, profile, {});
  expect(taken.map(({ how }) => how)).toEqual(['stored']);
  const last = plan.steps.at(-1);
  const place = {
    region: plan.region?.value,
    inputs: last !== undefined && 'inputs' in last ? last.inputs : 'none',
  };
  return {
    read,
    place: JSON.stringify(place),
    recalled: store.recalled,
    facts: decidingFacts(chain, request),
  };
}

const known = (names: Readonly<Record<string, string>>): readonly string[] => [
  ...DECIDING,
  ...Object.keys(names),
];

describe('what a plan for a name is made of', () => {
  it.each(KINDS)('%s: no variable but those that decide, or can not', async (profile) => {
    const { read } = await led(profile, {});
    expect([...read].filter((name) => !known(OTHERS).includes(name))).toEqual([]);
    // The watch works.
    expect(read).toContain('AWS_ENDPOINT_URL_STS');
  });

  it.each(KINDS.filter(([profile]) => !MACHINES.includes(profile)))(
    '%s: where what decides is the same, so is what it leads to',
    async (profile) => {
      const before = await led(profile, {});
      const strange = Object.fromEntries(
        Object.keys(OTHERS)
          .filter((name) => !name.endsWith('_REGION'))
          .map((name) => [name, 'http://x']),
      );
      const ours = { TSAWSUME_PROFILE: 'x', AWS_REGION: 'eu-west-2', AWS_DEFAULT_REGION: 'eu-west-2' };
      for (const env of [strange, ours]) {
        expect(decidingEnvironment(env)).toBe(decidingEnvironment({}));
        expect((await led(profile, env)).place).toBe(before.place);
      }
    },
  );

  it('but another own region leads elsewhere, which the text says', async () => {
    const env = { AWS_REGION: 'eu-west-2' };
    expect((await led('role', env)).place).not.toBe((await led('role', {})).place);
    expect(decidingEnvironment(env)).not.toBe(decidingEnvironment({}));
  });

  it.each(KINDS)('%s: no fact but those that are looked at', async (profile) => {
    const { recalled, facts } = await led(profile, {});
    // Whether IAM named a device is asked for a web identity by itself, too, but counts for roles alone.
    const moot = profile === 'web' ? ['device {"role":null,"user":null}'] : [];
    expect(recalled.filter((fact) => !facts.includes(fact))).toEqual(moot);
  });

  it('and some have facts', async () => {
    expect((await led('of-process', {})).recalled.map((fact) => fact.split(' ')[0])).toEqual([
      'temporary',
      'longest',
    ]);
  });

  /** The World's own are read before anybody could watch; and by name, which ESLint's `dot-notation` leaves as it is. */
  it('nor does the World read others for its files', () => {
    const names = ['world', 'own-home', 'aws-files', 'settings-file'].flatMap((file) => {
      const text = readFileSync(join(import.meta.dirname, `../../src/io/${file}.ts`), 'utf8');
      return [...text.matchAll(/env(?:\[['"]|\.)(\w+)/g)].map(([, name = '']) => name);
    });
    expect(names).toContain('TSAWSUME_HOME');
    expect(names.filter((name) => !known(OF_THE_WORLD).includes(name))).toEqual([]);
    expect(awsFilePaths({ config: undefined, credentials: undefined }, {}, '/h')).toEqual({
      config: '/h/.aws/config',
      credentials: '/h/.aws/credentials',
    });
  });
});
