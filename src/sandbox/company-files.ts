import { roleArn } from './cloud';
import type { Company, Person } from './company';

export interface CompanyFilesOptions {
  /** Absent: `us-east-1`. */
  readonly region?: string;
  /** The sandbox's URL, to be written into every profile; absent: the environment's AWS_ENDPOINT_URL_STS says it. */
  readonly endpoint?: string;
}

/** The texts of `~/.aws/config` and `~/.aws/credentials` that go with a company. The second holds its secrets. */
export function companyFiles(
  company: Company,
  options: CompanyFilesOptions = {},
): { readonly config: string; readonly credentials: string } {
  return { config: config(company, options), credentials: credentials(company) };
}

type Lines = readonly (readonly [key: string, value: string] | undefined)[];

function config({ users, roles }: Company, { region = 'us-east-1', endpoint }: CompanyFilesOptions): string {
  const everywhere: Lines = [
    ['region', region],
    endpoint === undefined ? undefined : ['services', 'sandbox'],
  ];
  const profile = (comment: string, name: string, lines: Lines): string =>
    section(comment, name === 'default' ? name : `profile ${name}`, [...lines, ...everywhere]);
  const mfa = ({ device }: Person): Lines[number] =>
    device === undefined ? undefined : ['mfa_serial', device.serial];
  return [
    profile('A developer. These keys can do nothing but assume roles.', 'default', []),
    profile('The same developer by name: the source of the roles below.', 'dev', []),
    profile('A role that wants MFA: one code, and it is yours for 12 hours if you like.', 'cli-role', [
      ['role_arn', roleArn(roles.cliRole)],
      ['source_profile', 'dev'],
      mfa(users.dev),
    ]),
    profile('A role that asks for nothing.', 'reader', [
      ['role_arn', roleArn(roles.reader)],
      ['source_profile', 'dev'],
    ]),
    profile('A chain: only cli-role may become deployer.', 'deployer', [
      ['role_arn', roleArn(roles.deployer)],
      ['source_profile', 'cli-role'],
    ]),
    profile('Wishes for 12 hours, but the role allows 2.', 'limited', [
      ['role_arn', roleArn(roles.limited)],
      ['source_profile', 'dev'],
      ['duration_seconds', '43200'],
    ]),
    profile('A role in another account, which wants an external id.', 'partner', [
      ['role_arn', roleArn(roles.partner)],
      ['source_profile', 'dev'],
      ['external_id', roles.partner.trust.externalId ?? ''],
    ]),
    profile('A user who works with MFA and without a role.', 'alice', [mfa(users.alice)]),
    profile('A machine: keys, and no MFA.', 'bot', []),
    ...(endpoint === undefined ? [] : [`[services sandbox]\nsts =\n  endpoint_url = ${endpoint}\n`]),
  ].join('\n');
}

function credentials({ users: { dev, alice, bot } }: Company): string {
  const keys = (comment: string, name: string, { key }: Person): string =>
    section(comment, name, [
      ['aws_access_key_id', key.accessKeyId],
      ['aws_secret_access_key', key.secretAccessKey],
    ]);
  return [
    keys('Long-lived keys of the sandbox: worth nothing anywhere else.', 'default', dev),
    keys('The same keys as default.', 'dev', dev),
    keys('', 'alice', alice),
    keys('', 'bot', bot),
  ].join('\n');
}

function section(comment: string, name: string, lines: Lines): string {
  const known = lines.filter((line) => line !== undefined).map(([key, value]) => `${key} = ${value}`);
  return [...(comment === '' ? [] : [`# ${comment}`]), `[${name}]`, ...known, ''].join('\n');
}
