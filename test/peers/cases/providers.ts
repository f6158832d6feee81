import type { Case } from '../support/agreement';
import { keys, processOutput, role } from '../support/cast';

const ANN = `[ann]\n${keys('ann')}\n`;
const process = 'credential_process = cat "HOME/my out.json"';
const files = { 'my out.json': processOutput('ben'), token: 'TOKEN' };
const web = 'web_identity_token_file = HOME/token';

/** Keys that another program or a token brings, and what they win and lose against. */
export const PROVIDERS: readonly Case[] = [
  { what: 'a process', config: `[profile p]\n${process}\n`, files, profile: 'p', who: 'user/ben' },
  {
    what: 'a process in the credentials file',
    credentials: `[p]\n${process}\n`,
    files,
    profile: 'p',
    who: 'user/ben',
  },
  {
    what: 'a value with ; # and = in it',
    config: `[profile p]\ncredential_process = cat "HOME/a;b#c=d"\n`,
    files: { 'a;b#c=d': processOutput('ben') },
    profile: 'p',
    who: 'user/ben',
  },
  {
    what: 'a process that is a role’s source',
    config: `[profile p]\n${process}\n[profile r]\n${role('one')}\nsource_profile = p\n`,
    files,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'a process and keys in the config file: the process',
    config: `[profile p]\n${process}\n${keys('ann')}\n`,
    files,
    profile: 'p',
    who: 'user/ben',
  },
  {
    what: 'a process, and keys in the credentials file: the keys',
    config: `[profile p]\n${process}\n`,
    credentials: `[p]\n${keys('ann')}\n`,
    files,
    profile: 'p',
    who: 'user/ann',
  },
  {
    what: 'a process that knows no shell',
    config: `[profile p]\ncredential_process = cat "HOME/my out.json" | cat\n`,
    files,
    profile: 'p',
    who: 'refused',
  },
  {
    what: 'a process of another version',
    config: `[profile p]\n${process}\n`,
    files: { 'my out.json': processOutput('ben').replace('"Version":1', '"Version":2') },
    profile: 'p',
    who: 'refused',
  },
  {
    what: 'a process whose keys have expired',
    config: `[profile p]\n${process}\n`,
    files: { 'my out.json': processOutput('ben').replace('}', ',"Expiration":"2020-01-01T00:00:00Z"}') },
    profile: 'p',
    who: 'refused',
  },
  {
    what: 'a web identity',
    config: `[profile w]\n${role('one')}\n${web}\n`,
    files,
    profile: 'w',
    who: 'assumed-role/one',
  },
  {
    what: 'a web identity as a role’s source',
    config: `[profile w]\n${role('one')}\n${web}\n[profile r]\n${role('two')}\nsource_profile = w\n`,
    files,
    profile: 'r',
    who: 'assumed-role/two',
  },
  {
    what: 'a web identity beside keys and a source: the web identity',
    config: `[profile w]\n${role('one')}\n${web}\nsource_profile = ann\n${keys('cat')}\n`,
    credentials: ANN,
    files,
    profile: 'w',
    who: 'assumed-role/one',
  },
  {
    what: 'keys in the environment that are empty',
    credentials: `[default]\n${keys('ann')}\n`,
    env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    who: 'user/ann',
  },
  {
    what: 'a process with single quotes',
    config: `[profile p]\ncredential_process = cat 'HOME/my out.json'\n`,
    files,
    profile: 'p',
    who: 'user/ben',
  },
];
