import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRoleArn } from '../../src/core/names';
import {
  checkedExternalId,
  checkedSessionName,
  checkedSourceIdentity,
  sessionNameFrom,
} from '../../src/core/session-name';
import { objectWith, textWith } from '../support/matchers';

const ROLE = 'arn:aws:iam::111122223333:role/team/admin';
function roleArn() {
  if (!isRoleArn(ROLE)) throw new Error('no ARN');
  return { value: ROLE, from: '--role-arn' };
}

describe('18 the session name', () => {
  it.each([
    ['cli-role', 'cli-role'],
    ['my app', 'my-app'],
    ['a', 'tsawsume-a'],
    ['ünïcode', '-n-code'],
    ['$(rm -rf)', '--rm--rf-'],
    ['n'.repeat(70), 'n'.repeat(64)],
    ['me@example.com', 'me@example.com'],
  ])('of profile %j is %j', (profile, name) => {
    expect(sessionNameFrom(roleArn(), profile, false)).toEqual({ value: name, from: "the profile's name" });
  });

  it('of a role that only the command line names is the role’s, without its path', () => {
    expect(sessionNameFrom(roleArn(), '1:admin', true)).toEqual({ value: 'admin', from: "the role's name" });
  });

  it('is in AWS’s alphabet whatever the profile is called', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (profile) => {
        const name = sessionNameFrom(roleArn(), profile, false);
        expect(name.value).toMatch(/^[\w+=,.@-]{2,64}$/);
        expect(checkedSessionName(name)).toBe(name);
      }),
    );
  });
});

describe('18 what AWS would refuse', () => {
  const from = '--flag';
  it.each(['a', '', 'a b', 'é'.repeat(2), 'x'.repeat(65), 'a/b', 'a:b', 'ab\n'])('session name %j', (value) =>
    expect(() => checkedSessionName({ value, from })).toThrow(/session name/),
  );
  it.each(['a', '', 'a b', 'é'.repeat(2), 'x'.repeat(1225), 'ab\n'])('external id %j', (value) =>
    expect(() => checkedExternalId({ value, from })).toThrow(/external id/),
  );
  it.each(['a', '', 'a b', 'ab\n'])('source identity %j', (value) =>
    expect(() => checkedSourceIdentity(value)).toThrow(/--source-identity/),
  );
  it('and what it takes', () => {
    expect(checkedExternalId({ value: 'a/b:c@d', from })?.value).toBe('a/b:c@d');
    expect(checkedSourceIdentity('me@x')).toBe('me@x');
    expect(checkedSessionName(undefined)).toBeUndefined();
  });
  it('is the flag’s fault (usage) or a file’s (profile)', () => {
    expect(() => checkedSessionName({ value: 'a', from })).toThrow(objectWith({ kind: 'usage' }));
    const line = { file: 'config', line: 3 };
    expect(() => checkedSessionName({ value: 'a', from: line })).toThrow(
      objectWith({ kind: 'profile', message: textWith('config:3') }),
    );
  });
});
