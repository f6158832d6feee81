import { roleArn } from './cloud';
import type { Cloud } from './cloud';
import { mfaSecret, secretKey, uniqueId } from './ids';
import type { KeyPair, RoleSpec, Statement, UserSpec } from './model';

/** A user with the one key pair, and the one device at most, that a company file speaks of. */
export interface Person extends UserSpec {
  readonly key: KeyPair;
  readonly device?: { readonly serial: string; readonly secret: string };
}

/** Two accounts, three users, six roles: small enough to read, and one of each kind. */
export interface Company {
  readonly accounts: { readonly main: string; readonly partner: string };
  readonly users: {
    /** A developer with an MFA device, who can do nothing but assume roles. */
    readonly dev: Person;
    /** A user with MFA who works without any role: GetSessionToken. */
    readonly alice: Person;
    /** A machine: keys, and no MFA. */
    readonly bot: Person;
  };
  readonly roles: {
    /** Wants MFA; up to 12 hours. */
    readonly cliRole: RoleSpec;
    /** Wants nothing: everybody of the main account may read. */
    readonly reader: RoleSpec;
    /** Trusts cli-role alone: the second link of a chain. */
    readonly deployer: RoleSpec;
    /** Two hours at most, and no MFA: a longer wish has to step down. */
    readonly limited: RoleSpec;
    /** In the other account, which wants its external id. */
    readonly partner: RoleSpec;
    /** For tokens of a web identity provider. */
    readonly ci: RoleSpec;
  };
}

/** AWS's own example account numbers. */
const MAIN = '111122223333';
const PARTNER = '444455556666';
const HOUR = 3600;

const everything: readonly Statement[] = [{ actions: ['*'], resources: ['*'] }];
const nothing: readonly Statement[] = [];
const assuming = (...roles: readonly RoleSpec[]): Statement => ({
  actions: ['sts:AssumeRole'],
  resources: roles.map(roleArn),
});
const userArn = (name: string): string => `arn:aws:iam::${MAIN}:user/${name}`;

/** A new company: the same people and roles each time, with secrets nobody has had before. */
export function makeCompany(): Company {
  const role = (name: string, rest: Pick<RoleSpec, 'trust'> & Partial<RoleSpec>): RoleSpec => ({
    account: MAIN,
    name,
    permissions: nothing,
    ...rest,
  });
  const everybody = { principals: [`arn:aws:iam::${MAIN}:root`] };
  const deployer = role('deployer', {
    trust: { principals: [roleArn({ account: MAIN, name: 'cli-role' })] },
    permissions: everything,
  });
  const cliRole = role('cli-role', {
    maxSessionSeconds: 12 * HOUR,
    trust: { principals: [userArn('dev')], mfa: {} },
    permissions: [assuming(deployer), { actions: ['iam:*', 's3:*'], resources: ['*'] }],
  });
  const reader = role('reader', { trust: everybody });
  const limited = role('limited', { maxSessionSeconds: 2 * HOUR, trust: { principals: [userArn('dev')] } });
  const partner = role('partner', {
    account: PARTNER,
    trust: { principals: [userArn('dev')], externalId: 'tsawsume-example' },
  });
  const ci = role('ci', {
    trust: {
      principals: [],
      webIdentity: { provider: 'ci.example.com', subject: 'repo:example/app', audience: 'sts.amazonaws.com' },
    },
  });
  return {
    accounts: { main: MAIN, partner: PARTNER },
    users: {
      dev: person('dev', [assuming(cliRole, reader, limited, partner)], 'mfa'),
      alice: person('alice', everything, 'mfa'),
      bot: person('bot', [assuming(reader)], 'no mfa'),
    },
    roles: { cliRole, reader, deployer, limited, partner, ci },
  };
}

function person(name: string, permissions: readonly Statement[], mfa: 'mfa' | 'no mfa'): Person {
  const key = { accessKeyId: uniqueId('AKIA'), secretAccessKey: secretKey() };
  const user = { account: MAIN, name, permissions, key, keys: [key] };
  if (mfa === 'no mfa') return { ...user, devices: [] };
  const device = { serial: `arn:aws:iam::${MAIN}:mfa/${name}`, secret: mfaSecret() };
  return { ...user, device, devices: [device] };
}

/** Moves a company into a cloud. */
export function settle(cloud: Cloud, company: Company): void {
  Object.values(company.users).forEach((user) => cloud.addUser(user));
  Object.values(company.roles).forEach((role) => cloud.addRole(role));
}
