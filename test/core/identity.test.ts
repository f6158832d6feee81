import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { becoming, environmentOf, leaving } from '../../src/core/identity';
import { Secret } from '../../src/core/secret';
import { named } from '../support/profile-files';
import { objectWith, textWithout } from '../support/matchers';

type Env = Readonly<Record<string, string | undefined>>;
const TEMPORARY = {
  accessKeyId: 'ASIA1',
  secretAccessKey: new Secret('secret'),
  sessionToken: new Secret('token'),
  expiresAt: Date.UTC(2026, 0, 1, 12),
};
const LONG = { accessKeyId: 'AKIA1', secretAccessKey: new Secret('secret') };
const identity = (session: typeof TEMPORARY | typeof LONG, region?: string) => ({
  profile: named('x'),
  session,
  region,
});
/** What the shell is afterwards. */
function after(changes: ReturnType<typeof becoming>, env: Env): Record<string, string | undefined> {
  const shell: Record<string, string | undefined> = { ...env };
  for (const change of changes.changes) {
    if (change.op === 'set') shell[change.name] = change.value;
    else Reflect.deleteProperty(shell, change.name);
  }
  return shell;
}

describe('becoming', () => {
  it('a session with a region: every variable, the expiry in UTC', () => {
    expect(after(becoming(identity(TEMPORARY, 'eu-west-1'), {}), {})).toEqual({
      AWS_ACCESS_KEY_ID: 'ASIA1',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_CREDENTIAL_EXPIRATION: '2026-01-01T12:00:00Z',
      TSAWSUME_PROFILE: 'x',
      AWSUME_PROFILE: 'x',
      AWSUME_EXPIRATION: '2026-01-01T12:00:00Z',
    });
  });
  it.each<readonly [string, Env, string | undefined, Env]>([
    ['the user’s own region is kept', { AWS_REGION: 'sa-east-1' }, undefined, { AWS_REGION: 'sa-east-1' }],
    [
      'a profile’s wins over it',
      { AWS_REGION: 'sa-east-1' },
      'eu-west-1',
      { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' },
    ],
    [
      'one that tsawsume set is not kept',
      { TSAWSUME_PROFILE: 'old', AWS_REGION: 'a', AWS_DEFAULT_REGION: 'a' },
      undefined,
      {},
    ],
    [
      'one that the user changed since is',
      { TSAWSUME_PROFILE: 'old', AWS_REGION: 'b', AWS_DEFAULT_REGION: 'a' },
      undefined,
      { AWS_REGION: 'b', AWS_DEFAULT_REGION: 'a' },
    ],
  ])('%s', (_, env, region, regions) => {
    const shell = after(becoming(identity(TEMPORARY, region), env), env);
    expect(Object.fromEntries(Object.entries(shell).filter(([name]) => name.endsWith('REGION')))).toEqual(
      regions,
    );
  });
  it('unsets come first, and nothing is both set and unset', () => {
    const { changes } = becoming(identity(TEMPORARY, 'r'), {
      AWSUME_X: '1',
      AWS_CONTAINER_CREDENTIALS_X: '1',
    });
    const firstSet = changes.findIndex(({ op }) => op === 'set');
    expect(changes.slice(firstSet).every(({ op }) => op === 'set')).toBe(true);
    expect(new Set(changes.map(({ name }) => name)).size).toBe(changes.length);
    expect(changes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['AWSUME_X', 'AWS_CONTAINER_CREDENTIALS_X']),
    );
  });
  it.each(['a\nb', 'a\rb', 'a\0b'])('%j is refused, and not repeated', (region) => {
    expect(() => becoming(identity(LONG, region), {})).toThrow(
      objectWith({ kind: 'refused', message: textWithout(region) }),
    );
  });
  it('depends on nothing but its own: whatever stood there before, the identity’s variables come out the same', () => {
    const name = fc.constantFrom(
      'AWS_SESSION_TOKEN',
      'AWS_SECURITY_TOKEN',
      'AWS_PROFILE',
      'AWS_ROLE_ARN',
      'AWSUME_EXPIRATION',
      'AWS_CREDENTIAL_EXPIRATION',
      'PATH',
      'AWS_PAGER',
      'TSAWSUME_PROFILE',
    );
    fc.assert(
      fc.property(fc.dictionary(name, fc.string()), (env) => {
        const shell = after(becoming(identity(LONG, 'r'), env), env);
        const { PATH, AWS_PAGER, ...rest } = shell;
        expect([PATH, AWS_PAGER]).toEqual([env['PATH'], env['AWS_PAGER']]);
        expect(rest).toEqual(after(becoming(identity(LONG, 'r'), {}), {}));
      }),
    );
  });
});

it('leaving undoes becoming', () => {
  const env = { PATH: '/bin', AWS_PAGER: 'less' };
  const shell = after(becoming(identity(TEMPORARY, 'r'), env), env);
  expect(after(leaving(shell), shell)).toEqual(env);
});

it('a child gets the same, without what steers tsawsume', () => {
  const env = { PATH: '/bin', TSAWSUME_SHELL: 'bash', TSAWSUME_MFA_TOKEN: '123456', AWS_PROFILE: 'old' };
  const child = environmentOf(identity(LONG), env);
  expect(child).toMatchObject({ PATH: '/bin', AWS_ACCESS_KEY_ID: 'AKIA1' });
  expect(Object.keys(child)).not.toEqual(expect.arrayContaining(['AWS_PROFILE']));
  expect(child).not.toHaveProperty('TSAWSUME_SHELL');
  expect(child).not.toHaveProperty('TSAWSUME_MFA_TOKEN');
});
