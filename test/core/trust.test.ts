import { describe, expect, it } from 'vitest';
import { trustOf } from '../../src/core/trust';

const ACCOUNT = '111122223333';
const USER = { account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/dev` };
const SESSION = { account: ACCOUNT, arn: `arn:aws:sts::${ACCOUNT}:assumed-role/cli-role/me` };
const statement = (rest: object): object => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...rest });
const policy = (...statements: object[]): object => ({ Version: '2012-10-17', Statement: statements });
const by = (AWS: unknown, rest: object = {}): object => policy(statement({ Principal: { AWS }, ...rest }));
const plain = { mfa: false, externalIds: undefined, conditions: [] };

describe('whom a trust policy names', () => {
  it.each([
    ['the user', by(USER.arn), USER, 'you'],
    ['the user among others', by([`arn:aws:iam::${ACCOUNT}:user/other`, USER.arn]), USER, 'you'],
    ['another user', by(`arn:aws:iam::${ACCOUNT}:user/other`), USER, undefined],
    ['the account’s root', by(`arn:aws:iam::${ACCOUNT}:root`), USER, 'account'],
    ['the account’s number', by(ACCOUNT), USER, 'account'],
    ['another account', by('arn:aws:iam::444455556666:root'), USER, undefined],
    ['everyone, as AWS: *', by('*'), USER, 'everyone'],
    ['everyone, as *', policy(statement({ Principal: '*' })), USER, 'everyone'],
    ['the role of the session', by(`arn:aws:iam::${ACCOUNT}:role/cli-role`), SESSION, 'you'],
    ['that role, with a path', by(`arn:aws:iam::${ACCOUNT}:role/team/a/cli-role`), SESSION, 'you'],
    ['another role', by(`arn:aws:iam::${ACCOUNT}:role/other`), SESSION, undefined],
    ['that role of another account', by('arn:aws:iam::444455556666:role/cli-role'), SESSION, undefined],
    ['this very session', by(SESSION.arn), SESSION, 'you'],
    ['a service', policy(statement({ Principal: { Service: 'ec2.amazonaws.com' } })), USER, undefined],
    ['another action', by('*', { Action: 'sts:AssumeRoleWithSAML' }), USER, undefined],
    ['a pattern of actions', by('*', { Action: ['sts:TagSession', 'STS:Assume*'] }), USER, 'everyone'],
    [
      'one statement, not in a list',
      { Statement: statement({ Principal: { AWS: ACCOUNT } }) },
      USER,
      'account',
    ],
  ])('%s', (_, document, caller, names) => {
    expect(trustOf(document, caller)).toEqual(names === undefined ? undefined : { names, ...plain });
  });

  it.each([undefined, null, 'text', 7, [], {}, { Statement: 'x' }, { Statement: [null, 3] }])(
    'nobody, when it is no policy: %j',
    (document) => expect(trustOf(document, USER)).toBeUndefined(),
  );

  it('nobody whom it denies; a denial on conditions is not known to hold', () => {
    const allow = statement({ Principal: { AWS: '*' } });
    const deny = statement({ Effect: 'Deny', Principal: { AWS: USER.arn } });
    expect(trustOf(policy(allow, deny), USER)).toBeUndefined();
    const sometimes = { ...deny, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
    expect(trustOf(policy(allow, sometimes), USER)?.names).toBe('everyone');
  });
});

describe('what a trust policy wants', () => {
  it.each([
    ['MFA', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, { mfa: true }],
    ['MFA as a boolean', { BoolIfExists: { 'aws:multifactorauthpresent': true } }, { mfa: true }],
    [
      'no MFA',
      { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
      { conditions: ['aws:MultiFactorAuthPresent'] },
    ],
    ['a young MFA', { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }, { mfa: true }],
    ['an external id', { StringEquals: { 'sts:ExternalId': 'one' } }, { externalIds: ['one'] }],
    ['one of two', { StringEquals: { 'sts:ExternalId': ['one', 'two'] } }, { externalIds: ['one', 'two'] }],
    ['an address', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, { conditions: ['aws:SourceIp'] }],
  ])('%s', (_, Condition, wants) => {
    expect(trustOf(by(USER.arn, { Condition }), USER)).toEqual({ names: 'you', ...plain, ...wants });
  });

  it('the least of several statements', () => {
    const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
    const document = policy(
      statement({ Principal: { AWS: USER.arn }, ...mfa }),
      statement({ Principal: { AWS: ACCOUNT } }),
    );
    expect(trustOf(document, USER)).toEqual({ names: 'account', ...plain });
  });
});
