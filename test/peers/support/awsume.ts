import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run, variables, World } from '../../support/harness';
import { ownerOfKey } from './cast';
import { AWS_ALONE, peer } from './peers';

/** A line that a person types to either program, with `CODE` or `ALICE` where dev's or alice's MFA code goes. */
export interface Wish {
  readonly what: string;
  readonly args: readonly string[];
}

export interface Run {
  readonly code: number | null;
  /** What GetCallerIdentity says of the keys that came out; empty when none did. */
  readonly arn: string;
  readonly region: string;
  /** `GetSessionToken dev`: each call that was made on the way, and whose keys signed it. */
  readonly calls: readonly string[];
  readonly stderr: string;
}

interface Given {
  readonly code: number | null;
  readonly keys: readonly [id: string, secret: string, token: string, region: string] | undefined;
  readonly stderr: string;
}

type Program = (world: World, args: readonly string[]) => Promise<Given>;

/** A word is `None` where awsume has nothing to say. */
const said = (word: string | undefined): string => (word === undefined || word === 'None' ? '' : word);

/** awsume without its wrapper: `Awsume` and seven words for it on stdout. */
export const awsume: Program = async (world, args) => {
  const env = { ...world.env, AWS_EC2_METADATA_DISABLED: 'true' };
  const { code, stdout, stderr } = await run([peer('awsumepy'), ...args], { env });
  const [flag, id, secret, token, region] = stdout.trim().split(' ');
  if (flag !== 'Awsume') return { code, keys: undefined, stderr };
  return { code, keys: [said(id), said(secret), said(token), said(region)], stderr };
};

export const tsawsume: Program = async (world, args) => {
  const line = ['export', '--format', 'json', ...args];
  const { code, stdout, stderr } = await world.run(line, { env: { AWS_EC2_METADATA_DISABLED: 'true' } });
  if (code !== 0) return { code, keys: undefined, stderr };
  const set = variables(stdout);
  const word = (name: string): string => set[name] ?? '';
  const keys = [
    word('AWS_ACCESS_KEY_ID'),
    word('AWS_SECRET_ACCESS_KEY'),
    word('AWS_SESSION_TOKEN'),
    word('AWS_REGION'),
  ] as const;
  return { code, keys, stderr };
};

/** Two runs of one wish against an STS and a HOME that know nothing yet; the second is given no code. */
export async function twice(program: Program, { args }: Wish): Promise<readonly [Run, Run]> {
  const world = await World.open();
  try {
    furnish(world);
    const codes: Readonly<Record<string, () => string>> = {
      CODE: () => world.code(),
      ALICE: () => world.code('alice'),
    };
    const words = args.map((word) => codes[word]?.() ?? word);
    const first = await once(program, world, words);
    const at = words.indexOf('--mfa-token');
    const again = at === -1 ? words : words.filter((_, index) => index !== at && index !== at + 1);
    return [first, await once(program, world, again)];
  } finally {
    await world.close();
  }
}

async function once(program: Program, world: World, args: readonly string[]): Promise<Run> {
  const { journal } = world.sandbox;
  journal.clear();
  const { code, keys, stderr } = await program(world, args);
  const calls = journal.calls.map(
    ({ action, accessKeyId }) => `${action} ${ownerOfKey(world.sandbox, accessKeyId)}`,
  );
  return { code, arn: await arnOf(world, keys), region: keys?.[3] ?? '', calls, stderr };
}

/** Asked by the AWS CLI, so that neither program is the judge of itself. */
async function arnOf(world: World, keys: Given['keys']): Promise<string> {
  if (keys === undefined) return '';
  const [id, secret, token] = keys;
  const env = {
    ...world.env,
    ...AWS_ALONE,
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    ...(token === '' ? {} : { AWS_SESSION_TOKEN: token }),
  };
  const ask = ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'];
  const { code, stdout, stderr } = await run([peer('aws'), ...ask], { env });
  expect(code, stderr).toBe(0);
  return stdout.trim();
}

/** More profiles beside the company's; `[default]` belongs to somebody else than the source of the roles. */
function furnish({ sandbox, home }: World): void {
  const { users } = sandbox.company;
  const { alice, bot, dev } = users;
  const everything = [{ actions: ['*'], resources: ['*'] }];
  const trust = { principals: ['arn:aws:iam::111122223333:root'] };
  sandbox.cloud.addRole({ account: '111122223333', name: 'hub', trust, permissions: everything });
  const arn = (name: string): string => `role_arn = arn:aws:iam::111122223333:role/${name}`;
  const serial = `mfa_serial = ${dev.device?.serial ?? ''}`;
  // A region that nothing else names, so that it can come from [default] alone.
  const config = readFileSync(join(home.path, '.aws/config'), 'utf8');
  const elsewhere = config.replace('[default]\nregion = us-east-1', '[default]\nregion = ca-central-1');
  writeFileSync(
    join(home.path, '.aws/config'),
    `${elsewhere}
[profile phone]
${serial}
region = eu-west-1
[profile by-source]
${arn('cli-role')}
source_profile = phone
[profile silent]
[profile fallback]
${arn('reader')}
source_profile = silent
[profile half-hour]
${arn('reader')}
source_profile = dev
duration_seconds = 1800
[profile hours]
${arn('cli-role')}
source_profile = dev
duration_seconds = 7200
${serial}
[profile named]
${arn('reader')}
source_profile = dev
role_session_name = jane.doe
[profile hub]
${arn('hub')}
source_profile = owner
[profile owner]
[profile onward]
${arn('reader')}
source_profile = hub
[profile onward-half-hour]
${arn('reader')}
source_profile = hub
duration_seconds = 1800
`,
  );
  const keys = (name: string, { key }: typeof dev): string =>
    `[${name}]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`;
  const owners = { default: bot, dev, phone: dev, silent: dev, alice, owner: alice, bot };
  const sections = Object.entries(owners).map(([name, owner]) => keys(name, owner));
  writeFileSync(join(home.path, '.aws/credentials'), sections.join('\n'));
}
