import { describe, expect, it } from 'vitest';
import { planOf, role, SERIAL, sketchOf, TEMPORARY, USER, arn, type Wish } from '../support/plans';
import { objectWith, textLike } from '../support/matchers';

const MFA = `mfa_serial = ${SERIAL}\n`;
const user = (more = ''): string => `[profile u]\n${more}\n`;
const process = (more = ''): string => `[profile u]\ncredential_process = give keys\n${more}\n`;
const LONG = { roleDuration: '4h' };

/** Semantics 9, 14 to 17: which steps, whose code, how long. */
const SHAPES: readonly (readonly [string, Wish, readonly string[]])[] = [
  ['a user', { profile: 'u' }, ['keys']],
  ['17 a user with a device', { profile: 'u', config: user(MFA) }, ['keys', 'session+code']],
  [
    '17 a user with a device and temporary keys',
    { profile: 'u', config: user(MFA), credentials: TEMPORARY },
    ['keys'],
  ],
  [
    '17 a user’s own duration',
    { profile: 'u', config: user(`${MFA}duration_seconds = 129600`) },
    ['keys', 'session+code 129600'],
  ],
  ['a role', { config: role('x', 'u') }, ['keys', 'x']],
  ['14 a role with MFA', { config: role('x', 'u', MFA) }, ['keys', 'session+code', 'x']],
  ['9 MFA on the source', { config: role('x', 'u') + user(MFA) }, ['keys', 'session+code', 'x']],
  [
    '14 up to an hour',
    { config: role('x', 'u', `${MFA}duration_seconds = 3600`) },
    ['keys', 'session+code', 'x 3600'],
  ],
  [
    '14 over an hour, by the profile',
    { config: role('x', 'u', `${MFA}duration_seconds = 3601`) },
    ['keys', 'x+code 3601'],
  ],
  ['14 over an hour, by the flag', { config: role('x', 'u', MFA), flags: LONG }, ['keys', 'x+code 14400']],
  [
    '14 over an hour, by the settings',
    { config: role('x', 'u', MFA), settings: { roleDuration: 7200 } },
    ['keys', 'x+code 7200'],
  ],
  [
    'the flag wins over the profile, the profile over the settings',
    { config: role('x', 'u', 'duration_seconds = 1800'), settings: { roleDuration: 7200 } },
    ['keys', 'x 1800'],
  ],
  ['14 over an hour without MFA', { config: role('x', 'u'), flags: LONG }, ['keys', 'x 14400']],
  ['14 a chain', { config: role('x', 'y') + role('y', 'u', MFA) }, ['keys', 'session+code', 'y', 'x']],
  [
    '14 a chain over an hour is capped',
    { config: role('x', 'y') + role('y', 'u', MFA), flags: LONG },
    ['keys', 'session+code', 'y', 'x 3600'],
  ],
  [
    '14 a chain without MFA is capped at its end only',
    { config: role('x', 'y', 'duration_seconds = 7200') + role('y', 'u', 'duration_seconds = 7200') },
    ['keys', 'y 7200', 'x 3600'],
  ],
  [
    '14 a chain with MFA: its first role, too',
    { config: role('x', 'y') + role('y', 'u', `${MFA}duration_seconds = 7200`) },
    ['keys', 'session+code', 'y 3600', 'x'],
  ],
  [
    '9 the settings’ duration is the last role’s',
    { config: role('x', 'y') + role('y', 'u'), settings: { roleDuration: 1800 } },
    ['keys', 'y', 'x 1800'],
  ],
  [
    '15 the device of a later role: the user’s own session carries it',
    { config: role('x', 'y', MFA) + role('y', 'u') },
    ['keys', 'session+code', 'y', 'x'],
  ],
  [
    '14 temporary keys: the code goes with AssumeRole',
    { config: role('x', 'u', MFA), credentials: TEMPORARY },
    ['keys', 'x+code'],
  ],
  [
    '14 temporary keys are a chain',
    { config: role('x', 'u'), credentials: TEMPORARY, flags: LONG },
    ['keys', 'x 3600'],
  ],
  [
    'a process',
    { config: role('x', 'u', MFA) + process(), credentials: '' },
    ['process', 'session+code', 'x'],
  ],
  [
    'a process that was seen to give temporary keys',
    { config: role('x', 'u', MFA) + process(), credentials: '', startIsTemporary: true },
    ['process', 'x+code'],
  ],
  [
    'the instance’s keys are temporary',
    { config: `[profile x]\nrole_arn = ${arn('x')}\ncredential_source = Ec2InstanceMetadata`, flags: LONG },
    ['Ec2InstanceMetadata', 'x 3600'],
  ],
  [
    'the environment’s long-lived keys are not',
    { config: `[profile x]\nrole_arn = ${arn('x')}\ncredential_source = Environment`, flags: LONG },
    ['Environment', 'x 14400'],
  ],
  [
    'the environment’s temporary keys are, by the old name, too',
    {
      config: `[profile x]\nrole_arn = ${arn('x')}\ncredential_source = Environment`,
      flags: LONG,
      env: { AWS_SECURITY_TOKEN: 't' },
    },
    ['Environment', 'x 3600'],
  ],
  [
    'a web identity',
    { config: `[profile x]\nrole_arn = ${arn('x')}\nweb_identity_token_file = /t`, flags: LONG },
    ['x 14400'],
  ],
  [
    '16 what a role took before',
    { config: role('x', 'u'), flags: LONG, longest: { [arn('x')]: 7200 } },
    ['keys', 'x 7200'],
  ],
  [
    '16 what it took does not lengthen',
    { config: role('x', 'u', 'duration_seconds = 1800'), longest: { [arn('x')]: 7200 } },
    ['keys', 'x 1800'],
  ],
  [
    '16 with MFA, learned to be an hour: back to one code for all',
    { config: role('x', 'u', MFA), flags: LONG, longest: { [arn('x')]: 3600 } },
    ['keys', 'session+code', 'x 3600'],
  ],
  [
    '--role-arn over a user',
    { profile: 'u', config: user(MFA), flags: { roleArn: '123456789012:z' } },
    ['keys', 'session+code', '123456789012:z'],
  ],
  [
    '--role-arn over a role',
    { profile: 'y', config: role('y', 'u'), flags: { roleArn: '123456789012:z' } },
    ['keys', 'y', '123456789012:z'],
  ],
];

describe('the steps', () => {
  it.each(SHAPES)('%s', (_, wish, steps) => {
    expect(sketchOf(wish)).toEqual(steps);
  });
});

describe('what is said', () => {
  const notes = (wish: Wish) => planOf(wish).notes;
  it('a cap names the profile, the wish and where it stands', () => {
    expect(notes({ config: role('x', 'y') + role('y', 'u'), flags: LONG })).toEqual([
      '"x": 4h was asked for (--role-duration), but a role assumed with temporary keys lasts 1h at most, so 1h it is',
    ]);
    expect(notes({ config: `${role('x', 'y', 'duration_seconds = 7200')}${role('y', 'u')}` })[0]).toContain(
      '(config:4)',
    );
  });
  it('what was learned, and how to ask again', () => {
    expect(notes({ config: role('x', 'u'), flags: LONG, longest: { [arn('x')]: 7200 } })).toEqual([
      '"x" gives 2h at most: it refused more before (--refresh asks it again)',
    ]);
  });
  it('a device that nobody can bring a code of', () => {
    expect(notes({ config: role('x', 'y', MFA) + role('y', 'u'), credentials: TEMPORARY })[0]).toContain(
      '"x" names an MFA device',
    );
  });
  it('nothing, where all is as it was asked', () => {
    for (const [, wish] of SHAPES.slice(0, 9)) expect(notes(wish)).toEqual([]);
  });
});

describe('whose command gives the code', () => {
  const commandOf = (wish: Wish) =>
    planOf(wish).steps.flatMap((step) =>
      step.kind === 'get-session-token' ? [step.mfa.process?.value] : [],
    );
  it.each([
    ['the role’s', role('x', 'u', `${MFA}mfa_process = of-role`) + user('mfa_process = of-user'), 'of-role'],
    ['else its source’s', role('x', 'u', MFA) + user('mfa_process = of-user'), 'of-user'],
    ['else the settings’', role('x', 'u', MFA), 'of-settings'],
  ])('%s', (_, config, command) => {
    expect(commandOf({ config, settings: { mfaProcess: 'of-settings' } })).toEqual([command]);
  });
});

describe('a value that is not one', () => {
  it.each<readonly [string, Wish, RegExp, string]>([
    [
      'a user’s duration',
      { profile: 'u', config: user(MFA), flags: { roleDuration: '37h' } },
      /out of range for a session token/,
      'usage',
    ],
    [
      'a role’s',
      { config: role('x', 'u'), flags: { roleDuration: '13h' } },
      /out of range for a role/,
      'usage',
    ],
    [
      'the settings’',
      { config: role('x', 'u'), settings: { roleDuration: 60, file: 's.yaml' } },
      /\(s\.yaml\)/,
      'profile',
    ],
    [
      'the settings’ session name',
      { config: role('x', 'u'), settings: { roleSessionName: 'a b', file: 's.yaml' } },
      /session name .*\(s\.yaml\)/,
      'profile',
    ],
    [
      'the flag’s external id',
      { config: role('x', 'u'), flags: { externalId: 'é' } },
      /external id .*\(--external-id\)/,
      'usage',
    ],
  ])('%s', (_, wish, message, kind) => {
    expect(() => planOf(wish)).toThrow(objectWith({ kind, message: textLike(message) }));
  });
  it('is not asked for where it is not used', () => {
    expect(sketchOf({ config: role('x', 'y') + role('y', 'u'), credentials: USER })).toEqual([
      'keys',
      'y',
      'x',
    ]);
  });
});
