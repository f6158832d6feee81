import { principalArn } from '../../../src/sandbox/model';
import type { Sandbox } from '../../../src/sandbox/server';

/** Who plays in the tables. Their keys are constants, so that a case is nothing but text. */
export const ACCOUNT = '111122223333';
const PEOPLE = ['ann', 'ben', 'cat'] as const;
const ROLES = ['one', 'two', 'three'] as const;
type PersonName = (typeof PEOPLE)[number];
type RoleName = (typeof ROLES)[number];

export const keyId = (name: PersonName): string => `AKIA${name.toUpperCase().repeat(5)}0`;
export const secret = (name: PersonName): string => `${name}/secret+${name}=`.padEnd(40, '=');
export const keys = (name: PersonName): string =>
  `aws_access_key_id = ${keyId(name)}\naws_secret_access_key = ${secret(name)}`;
export const role = (name: RoleName): string => `role_arn = arn:aws:iam::${ACCOUNT}:role/${name}`;
/** The output that a `credential_process` gives for a person. */
export const processOutput = (name: PersonName): string =>
  JSON.stringify({ Version: 1, AccessKeyId: keyId(name), SecretAccessKey: secret(name) });

const everything = [{ actions: ['*'], resources: ['*'] }];

/** Everybody may become any role, and a role that a case wants more of says so in the call. */
export function moveIn({ cloud }: Sandbox): void {
  for (const name of PEOPLE) {
    const pair = { accessKeyId: keyId(name), secretAccessKey: secret(name) };
    cloud.addUser({ account: ACCOUNT, name, permissions: everything, keys: [pair], devices: [] });
  }
  const principals = [`arn:aws:iam::${ACCOUNT}:root`];
  const webIdentity = { provider: 'ci.example.com' };
  for (const name of ROLES) {
    const trust = { principals, webIdentity };
    cloud.addRole({ account: ACCOUNT, name, maxSessionSeconds: 43_200, trust, permissions: everything });
  }
}

/** `user/ann`, `assumed-role/one`: an ARN's last part, without a session's name. */
export const short = (arn: string): string =>
  (arn.split(':')[5] ?? '').replace(/^(assumed-role\/[^/]+)\/.*$/, '$1');

export function ownerOfKey({ cloud }: Sandbox, accessKeyId: string | undefined): string {
  const credential = accessKeyId === undefined ? undefined : cloud.credential(accessKeyId);
  return credential === undefined ? 'nobody' : short(principalArn(credential.principal));
}
