import * as fs from 'node:fs';
import { join, relative } from 'node:path';
import { describeBothWays } from '../support/both-ways';
import { type Case, type Env, type Noted } from '../support/short-ways';

const changed = (name: string, env: Env, way: Case['way'], more: Partial<Case> = {}): Case => ({
  name,
  change: () => env,
  way,
  ...more,
});
/** Another config beside the usual one. */
const second = (at: Noted): void => {
  at.put('two', fs.readFileSync(at.config, 'utf8').replaceAll('us-east-1', 'us-west-1'));
};
const BOURNE = ['bash', 'zsh', 'sh', 'dash', 'ksh', 'mksh', 'posix'];
const SHELLS = [...BOURNE, 'fish', 'powershell', 'pwsh', 'nushell', 'nu'];
const OTHERS = ['tcsh', '__proto__', 'Bash', ' bash', 'way', 'Fish'];
const OURS = { TSAWSUME_PROFILE: 'x', AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' };
const UNSET_ANYWAY = {
  AWS_SECURITY_TOKEN: 'x',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.2',
  AWS_ROLE_ARN: 'x',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere',
  AWSUME_PROFILE: 'x',
  AWSUME_EXPIRATION: 'x',
};
const regionless = { profile: 'regionless' };

const CASES: readonly Case[] = [
  ...SHELLS.map((shell) =>
    changed(`TSAWSUME_SHELL ${shell}`, {}, 'short', { env: { TSAWSUME_SHELL: shell } }),
  ),
  ...[...SHELLS, ...OTHERS].map((shell) =>
    changed(`another TSAWSUME_SHELL: ${shell}`, { TSAWSUME_SHELL: shell }, 'long'),
  ),
  changed('no TSAWSUME_SHELL', { TSAWSUME_SHELL: undefined }, 'long', { env: { TSAWSUME_SHELL: 'zsh' } }),
  changed('TSAWSUME_SHELL is empty', { TSAWSUME_SHELL: '' }, 'short'),
  {
    ...changed('AWS_CONFIG_FILE', {}, 'long'),
    before: second,
    change: (at) => ({ AWS_CONFIG_FILE: join(at.home.path, 'two') }),
  },
  {
    ...changed('AWS_CONFIG_FILE is what it is anyway', {}, 'long'),
    change: (at) => ({ AWS_CONFIG_FILE: at.config }),
  },
  changed('AWS_CONFIG_FILE is empty', { AWS_CONFIG_FILE: '' }, 'short'),
  changed('AWS_CONFIG_FILE is a folder', { AWS_CONFIG_FILE: '/' }, 'long'),
  changed('AWS_SHARED_CREDENTIALS_FILE', { AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }, 'long'),
  changed('an own AWS_REGION', { AWS_REGION: 'eu-west-1' }, 'long', regionless),
  changed('an own AWS_REGION that is none', { AWS_REGION: '-' }, 'long', regionless),
  changed('AWS_DEFAULT_REGION', { AWS_DEFAULT_REGION: 'eu-west-1' }, 'long', regionless),
  changed('our own region', OURS, 'short', regionless),
  changed('our own region, not whole', { ...OURS, AWS_DEFAULT_REGION: undefined }, 'long', regionless),
  changed('no region any more', { AWS_REGION: undefined }, 'long', {
    ...regionless,
    env: { AWS_REGION: 'eu-west-1' },
  }),
  changed(
    'the region is now the default one',
    { AWS_REGION: undefined, AWS_DEFAULT_REGION: 'eu-west-1' },
    'short',
    { ...regionless, env: { AWS_REGION: 'eu-west-1' } },
  ),
  changed('ours in place of the own region', OURS, 'long', {
    ...regionless,
    env: { AWS_REGION: 'eu-west-1' },
  }),
  changed('an own region besides the profile\u2019s', { AWS_REGION: 'eu-west-1' }, 'long'),
  changed('AWS_ENDPOINT_URL', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }, 'long'),
  changed('AWS_ENDPOINT_URL_STS that is none', { AWS_ENDPOINT_URL_STS: 'ftp://x' }, 'long'),
  changed('no AWS_ENDPOINT_URL_STS, but the general one', {}, 'long', {
    change: (at) => ({ AWS_ENDPOINT_URL_STS: '', AWS_ENDPOINT_URL: at.world.sandbox.url }),
  }),
  changed('AWS_ENDPOINT_URL_IAM', { AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:9' }, 'long'),
  changed('AWS_USE_FIPS_ENDPOINT', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'long'),
  changed('AWS_USE_DUALSTACK_ENDPOINT', { AWS_USE_DUALSTACK_ENDPOINT: 'TRUE' }, 'long'),
  changed('AWS_CA_BUNDLE', { AWS_CA_BUNDLE: '/nowhere' }, 'long'),
  changed('another HOME', { HOME: '/nowhere' }, 'long'),
  changed('no HOME', { HOME: undefined }, 'long'),
  { ...changed('the HOME by another name', {}, 'long'), change: (at) => ({ HOME: `${at.home.path}/.` }) },
  changed('XDG_CONFIG_HOME', { XDG_CONFIG_HOME: '/nowhere' }, 'long'),
  changed('AWS_PROFILE', { AWS_PROFILE: 'bot', AWS_DEFAULT_PROFILE: 'alice' }, 'short'),
  changed('TSAWSUME_PROFILE', { TSAWSUME_PROFILE: 'bot' }, 'short'),
  changed('TSAWSUME_MFA_TOKEN', { TSAWSUME_MFA_TOKEN: 'nonsense' }, 'short'),
  changed('TSAWSUME_MFA_TOKEN for a web identity', { TSAWSUME_MFA_TOKEN: 'nonsense' }, 'short', {
    profile: 'ci',
  }),
  changed('another TZ', { TZ: 'Asia/Kathmandu' }, 'long'),
  changed('TZ', {}, 'short', { env: { TZ: 'Asia/Kathmandu' } }),
  changed('a TZ that is none', {}, 'short', { env: { TZ: '../../etc/passwd' } }),
  changed('an empty TZ', { TZ: '' }, 'long', { env: { TZ: undefined } }),
  changed('no TZ', { TZ: undefined }, 'long'),
  changed('NO_COLOR, LANG, TERM', { NO_COLOR: '1', LC_ALL: 'C', TERM: 'dumb' }, 'short'),
  changed('what is unset anyway', UNSET_ANYWAY, 'short'),
  changed('what must be unset, too', { AWSUME_FLAG: 'x' }, 'long'),
  changed('what must be unset, as before', { ...UNSET_ANYWAY, AWSUME_FLAG: 'y' }, 'short', {
    env: { AWSUME_FLAG: 'x', AWS_CONTAINER_CREDENTIALS_NEW: 'x' },
  }),
  changed('what need not be unset any more', { AWSUME_FLAG: undefined }, 'long', {
    env: { AWSUME_FLAG: 'x' },
  }),
  changed('names that no shell has', { AWSUME_x: 'x', 'AWSUME_$(touch x)': 'x' }, 'short'),
  changed(
    'keys in the environment',
    { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x', AWS_SESSION_TOKEN: 'x' },
    'short',
  ),
  changed('other keys, where they sign', { AWS_ACCESS_KEY_ID: 'AKIAOTHER' }, 'never', { profile: 'env' }),
  changed('a user\u2019s session, and a region of ours', OURS, 'short', { profile: 'alice' }),
  changed('NODE_OPTIONS that would write a report', { NODE_OPTIONS: '--report-uncaught-exception' }, 'short'),
  changed('the user and the host', { USER: 'x', LOGNAME: 'x', HOSTNAME: 'x' }, 'short'),
  changed(
    'variables of other programs',
    { AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '', AWS_SDK_LOAD_CONFIG: '1' },
    'short',
  ),
  {
    ...changed('TSAWSUME_HOME leads to what is there anyway', {}, 'long'),
    change: (at) => ({ TSAWSUME_HOME: join(at.home.path, '.tsawsume') }),
  },
  {
    ...changed('TSAWSUME_HOME leads elsewhere', {}, 'long'),
    change: (at) => ({ TSAWSUME_HOME: join(at.home.path, 'x') }),
  },
  {
    name: 'TSAWSUME_HOME stood below the folder of the run, and settings are new',
    env: (at) => ({ TSAWSUME_HOME: relative(process.cwd(), join(at.home.path, '.tsawsume')) }),
    change: (at) => {
      at.put('.tsawsume/config.yaml', 'role-session-name: me\n');
      return { TSAWSUME_HOME: join(at.home.path, '.tsawsume') };
    },
    wrap: ['sh', '-c', 'cd /dev && exec "$@"', 'sh'],
    way: 'long',
  },
];

describeBothWays('where the environment changes', CASES, 'shared');
