import { makeCompany, type Company } from '../../src/sandbox/company';
import { roleArn } from '../../src/sandbox/cloud';
import type { RoleSpec } from '../../src/sandbox/model';
import { World } from './harness';

const EVERYTHING = [{ actions: ['*'], resources: ['*'] }];
const ACCOUNT = '111122223333';

/** A role that everybody of the account may become, and that may do everything: a link of any chain. */
export const openRole = (name: string, rest: Partial<RoleSpec> = {}): RoleSpec => ({
  account: ACCOUNT,
  name,
  trust: { principals: [`arn:aws:iam::${ACCOUNT}:root`] },
  permissions: EVERYTHING,
  ...rest,
});

export const OPEN = {
  hop: openRole('hop'),
  last: openRole('last'),
  /** As long as a role can last. */
  long: openRole('long', { maxSessionSeconds: 43_200 }),
  /** Wants MFA, as every `mfa` one. */
  mfaOne: openRole('mfa-one', { trust: { principals: [`arn:aws:iam::${ACCOUNT}:root`], mfa: {} } }),
  mfaTwo: openRole('mfa-two', { trust: { principals: [`arn:aws:iam::${ACCOUNT}:root`], mfa: {} } }),
  mfaLong: openRole('mfa-long', {
    maxSessionSeconds: 43_200,
    trust: { principals: [`arn:aws:iam::${ACCOUNT}:root`], mfa: {} },
  }),
  mfaLimited: openRole('mfa-limited', {
    maxSessionSeconds: 7_200,
    trust: { principals: [`arn:aws:iam::${ACCOUNT}:root`], mfa: {} },
  }),
} as const;

export const arnOf = (role: RoleSpec): string => roleArn(role);

/** The sandbox's company, whose people may assume everything: who signed is then the only question. */
export function openCompany(): Company {
  const company = makeCompany();
  const { dev, alice, bot } = company.users;
  const free = { permissions: EVERYTHING };
  return {
    ...company,
    users: { dev: { ...dev, ...free }, alice: { ...alice, ...free }, bot: { ...bot, ...free } },
  };
}

/** A World with such a company and the open roles. */
export async function openWorld(options: Parameters<typeof World.open>[0] = {}): Promise<World> {
  const world = await World.open({ company: openCompany(), ...options });
  for (const role of Object.values(OPEN)) world.sandbox.cloud.addRole(role);
  return world;
}

/** The lines of a user's static keys. */
export function keysOf(world: World, user: 'dev' | 'alice' | 'bot'): string {
  const { accessKeyId, secretAccessKey } = world.sandbox.company.users[user].key;
  return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
}

export const idOf = (world: World, user: 'dev' | 'alice' | 'bot'): string =>
  world.sandbox.company.users[user].key.accessKeyId;

/** Every secret that the people of the company hold. */
export const secretsOf = (world: World): readonly string[] =>
  Object.values(world.sandbox.company.users).map(({ key }) => key.secretAccessKey);
