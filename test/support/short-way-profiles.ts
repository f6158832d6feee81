import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { roleArn } from '../../src/sandbox/cloud';
import type { World } from './harness';
import { arnOf, OPEN } from './open-company';

/** Names that are easily mistaken for something else. */
export const ODD_NAMES = [
  '__proto__',
  'constructor',
  'prüfung-名-🙂',
  'my role',
  "it's",
  '$(touch x)',
  '`x`',
  'a"b',
  'way reader',
  '*',
  'x'.repeat(250),
];

/** Profiles of every kind, besides those of the company. @param folder where what they name is put. */
export function shortWayProfiles(
  world: World,
  folder: string,
): { readonly config: string; readonly credentials: string } {
  const { cloud, company } = world.sandbox;
  const { accessKeyId, secretAccessKey } = company.users.dev.key;
  const script = join(folder, 'keys.sh');
  const answer = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
  writeFileSync(script, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
  chmodSync(script, 0o755);
  const token = join(folder, 'token');
  const claims = { provider: 'ci.example.com', subject: 'repo:example/app', audience: 'sts.amazonaws.com' };
  writeFileSync(token, cloud.webIdentities.issue({ ...claims, expiresAt: Date.now() + 600_000 }));
  const role = (name: string, arn: string, source: string): string =>
    `[profile ${name}]\nrole_arn = ${arn}\n${source}\nregion = eu-west-1\n`;
  const [hop, last] = [arnOf(OPEN.hop), arnOf(OPEN.last)];
  const five = [1, 2, 3, 4, 5].map((place) =>
    role(
      `five${String(place)}`,
      place % 2 === 0 ? last : hop,
      `source_profile = ${place === 1 ? 'dev' : `five${String(place - 1)}`}`,
    ),
  );
  const roles = [
    ...five,
    ...ODD_NAMES.map((name) => role(name, hop, 'source_profile = dev\nrole_session_name = odd')),
    role('of-process', hop, 'source_profile = process'),
    `[profile process]\ncredential_process = ${script}\n`,
    role('ci', roleArn(company.roles.ci), `web_identity_token_file = ${token}`),
    role('env', hop, 'credential_source = Environment'),
    `[profile regionless]\nrole_arn = ${hop}\nsource_profile = bare\n`,
  ];
  return {
    config: roles.join('\n'),
    credentials: `[bare]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n[only-here]\nrole_arn = ${hop}\nsource_profile = bare\n`,
  };
}
