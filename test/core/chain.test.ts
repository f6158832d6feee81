import { describe, expect, it } from 'vitest';
import { arn, chainOf, role, USER, type Wish } from '../support/plans';
import { textLike } from '../support/matchers';

const walk = (wish: Wish): readonly string[] => {
  const { start, roles, asked } = chainOf(wish);
  const beginning = 'by' in start ? `${start.by} of ${start.profile}` : `token of ${start.name}`;
  return [beginning, ...roles.map(({ name }) => name), `= ${asked.name}`];
};
const chainOfLength = (length: number, last: string): string =>
  Array.from({ length }, (_, i) => role(`r${String(i)}`, i + 1 === length ? last : `r${String(i + 1)}`)).join(
    '',
  );

describe('the chain', () => {
  it.each<readonly [string, Wish, readonly string[]]>([
    ['a user', { profile: 'u' }, ['keys of u', '= u']],
    ['7 a role', { config: role('x', 'u') }, ['keys of u', 'x', '= x']],
    ['7 a role over a role', { config: role('x', 'y') + role('y', 'u') }, ['keys of u', 'y', 'x', '= x']],
    [
      '7 a source with keys ends it',
      { config: role('x', 'u') + role('u', 'nowhere') },
      ['keys of u', 'x', '= x'],
    ],
    ['7 itself, with keys', { profile: 'u', config: role('u', 'u') }, ['keys of u', 'u', '= u']],
    [
      '8 the machine',
      { config: `[profile x]\nrole_arn = ${arn('x')}\ncredential_source = Environment` },
      ['machine of x', 'x', '= x'],
    ],
    [
      '6 its own process',
      { config: `[profile x]\nrole_arn = ${arn('x')}\ncredential_process = p` },
      ['process of x', 'x', '= x'],
    ],
    [
      '10 a web identity',
      { config: `[profile x]\nrole_arn = ${arn('x')}\nweb_identity_token_file = /t` },
      ['token of x', '= x'],
    ],
    [
      '10 a role over a web identity',
      { config: `${role('x', 'y')}[profile y]\nrole_arn = ${arn('y')}\nweb_identity_token_file = /t` },
      ['token of y', 'x', '= x'],
    ],
    [
      '--role-arn: the profile is read as a source',
      { profile: 'u', config: role('u', 'nowhere'), flags: { roleArn: arn('z') } },
      ['keys of u', '123456789012:z', '= 123456789012:z'],
    ],
  ])('%s', (_, wish, expected) => {
    expect(walk(wish)).toEqual(expected);
  });

  it('a hundred roles are a chain like any other', () => {
    expect(chainOf({ profile: 'r0', config: chainOfLength(100, 'u') }).roles).toHaveLength(100);
  });
});

describe('no chain', () => {
  const fails = (wish: Wish): Error & { hint?: string } => {
    try {
      chainOf(wish);
    } catch (error) {
      if (error instanceof Error) return error;
    }
    throw new Error('there is one');
  };
  it.each<readonly [string, Wish, string]>([
    [
      '7 itself, without keys',
      { config: role('x', 'x') },
      'source_profile goes round in a circle: "x" → "x" (config:3)',
    ],
    [
      '7 two',
      { config: role('x', 'y') + role('y', 'x') },
      'source_profile goes round in a circle: "x" → "y" → "x" (config:7)',
    ],
    [
      '7 two, though the first has keys',
      { profile: 'u', config: role('u', 'y') + role('y', 'u') },
      'source_profile goes round in a circle: "u" → "y" → "u" (config:7)',
    ],
    [
      '7 further on',
      { config: role('x', 'y') + role('y', 'z') + role('z', 'y') },
      'source_profile goes round in a circle: "x" → "y" → "z" → "y" (config:11)',
    ],
    [
      '7 a missing link',
      { config: role('x', 'gone') },
      'profile "x" has source_profile "gone", and there is no such profile (config:3)',
    ],
    [
      '7 a missing link further on',
      { config: role('x', 'y') + role('y', 'gone') },
      'profile "y" has source_profile "gone", and there is no such profile (config:7)',
    ],
    ['a profile that is not there', { profile: 'gone' }, 'there is no profile "gone"'],
    [
      '--role-arn over one that is not there',
      { profile: 'gone', flags: { roleArn: arn('z') } },
      'there is no profile "gone"',
    ],
    [
      'nothing at the end',
      { config: `${role('x', 'y')}[profile y]\nregion = us-east-1` },
      'profile "y" says nothing of who it is: no keys, role or credential_process (config:5)',
    ],
    [
      'a broken link',
      { config: role('x', 'y') + role('y', 'u', 'external_id = é') },
      'profile "y": the value of external_id is not valid (config:8)',
    ],
    [
      'SSO at the end',
      {
        config: `${role('x', 's')}[profile s]\nsso_start_url = https://s\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = r`,
      },
      'profile "s" signs in with IAM Identity Center (SSO), which tsawsume does not speak yet (config:5)',
    ],
  ])('%s', (_, wish, message) => {
    const error = fails(wish);
    expect(error.message).toBe(message);
    expect(error).toMatchObject({ kind: 'profile', hint: textLike(/^[^\n]+$/) });
  });

  it('a section that is no profile is pointed at', () => {
    expect(fails({ config: '\n[x]\nregion = us-east-1' }).hint).toMatch(
      /^config:2 has a section of that name/,
    );
    expect(fails({ config: role('x', 'y'), credentials: `${USER}[profile y]\n` }).hint).toMatch(
      /^credentials:4 has/,
    );
  });
});
