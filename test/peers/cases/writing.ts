import type { Case } from '../support/agreement';
import { keys, role } from '../support/cast';

const ANN = `[ann]\n${keys('ann')}\n`;
const ROLE = `${role('one')}\nsource_profile = ann\n`;

/** How people write these files. */
export const WRITING: readonly Case[] = [
  {
    what: 'comments on lines of their own',
    config: `# mine\n[profile r]\n; a role\n${ROLE}# source_profile = ben\n`,
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'CRLF',
    config: `[profile r]\n${ROLE}`.replaceAll('\n', '\r\n'),
    credentials: ANN.replaceAll('\n', '\r\n'),
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'no spaces around =',
    config: `[profile r]\n${ROLE}`.replaceAll(' = ', '='),
    credentials: ANN.replaceAll(' = ', '='),
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'many spaces and tabs around =',
    config: `[profile r]\n${ROLE}`.replaceAll(' = ', ' \t =\t  '),
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'property names in capitals',
    config: `[profile r]\n${ROLE}`
      .replace('role_arn', 'ROLE_ARN')
      .replace('source_profile', 'Source_Profile'),
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'a name with a space, in quotes',
    config: `[profile "foo bar"]\n${ROLE}`,
    credentials: ANN,
    profile: 'foo bar',
    who: 'assumed-role/one',
  },
  {
    what: 'a tab after `profile`',
    config: `[profile\tr]\n${ROLE}`,
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'nested values shadow nothing',
    config: `[profile r]\n${ROLE}s3 =\n  role_arn = arn:aws:iam::111122223333:role/two\n  source_profile = ben\n`,
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'sections of other sorts',
    config: `[plugins]\n[sso-session r]\nsso_region = x\n[profile r]\n${ROLE}`,
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'a session token in the credentials file of an older tool',
    config: `[profile r]\n${ROLE}`,
    credentials: `${ANN}[old]\n${keys('ben')}\naws_security_token = stale\n`,
    profile: 'r',
    who: 'assumed-role/one',
  },
  { what: 'no newline at the end', credentials: ANN.trimEnd(), profile: 'ann', who: 'user/ann' },
  {
    what: 'names with other letters',
    credentials: ANN.replace('ann', 'ünï.cødé@x'),
    profile: 'ünï.cødé@x',
    who: 'user/ann',
  },
  {
    what: 'a section and its properties indented',
    config: `  [profile r]\n  ${role('one')}\n  source_profile = ann\n`,
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'quotes around a value are part of it',
    config: `[profile r]\n${ROLE}`.replace('= ann', '= "ann"'),
    credentials: ANN,
    profile: 'r',
    who: 'refused',
  },
  {
    what: 'a value on the line below',
    config: `[profile r]\n${ROLE}`.replace('= ann', '=\n  ann'),
    credentials: ANN,
    profile: 'r',
    who: 'refused',
  },
  {
    what: 'spaces after `profile`',
    config: `[profile r]\n${ROLE}`.replace('[profile r]', '[profile   r]'),
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
];
