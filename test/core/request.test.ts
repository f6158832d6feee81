import { describe, expect, it } from 'vitest';
import { requestOf, type Wish } from '../support/plans';
import { objectWith, textLike } from '../support/matchers';

const OURS = { TSAWSUME_PROFILE: 'old', AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' };

describe('the wishes of a run', () => {
  it('leave nothing undecided where nothing is said', () => {
    expect(requestOf({})).toMatchObject({
      profile: 'x',
      refresh: false,
      minTtlSeconds: 300,
      policyArns: [],
      tags: [],
    });
  });

  it.each<readonly [string, Wish, object]>([
    [
      '13 a variable that is empty is none',
      { env: { AWS_CA_BUNDLE: '', AWS_ENDPOINT_URL: '' } },
      { environment: objectWith({ caBundle: undefined, endpoint: undefined }) },
    ],
    [
      '20 the user’s own region',
      { env: { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-2' } },
      { ownRegion: { value: 'eu-west-1', from: 'AWS_REGION' } },
    ],
    ['20 one that tsawsume set is not', { env: OURS }, { ownRegion: undefined }],
    [
      '20 one that was changed since is',
      { env: { ...OURS, AWS_REGION: 'sa-east-1' } },
      { ownRegion: { value: 'sa-east-1', from: 'AWS_REGION' } },
    ],
    [
      '19 the old token of the environment makes its keys temporary',
      { env: { AWS_SECURITY_TOKEN: 't' } },
      { environment: objectWith({ temporary: true }) },
    ],
    [
      '21 switches are true or false in any case',
      { env: { AWS_USE_FIPS_ENDPOINT: 'TRUE', AWS_USE_DUALSTACK_ENDPOINT: 'false' } },
      { environment: objectWith({ fips: true, dualstack: false, ignoreEndpoints: undefined }) },
    ],
    [
      'a tag may hold =',
      { flags: { sessionTags: ['a=b=c', 'd='] } },
      {
        tags: [
          { key: 'a', value: 'b=c' },
          { key: 'd', value: '' },
        ],
      },
    ],
    [
      '--role-arn names its identity',
      { profile: 'u', flags: { roleArn: '111122223333:team/z' } },
      {
        profile: 'u',
        role: {
          name: '111122223333:z',
          arn: { value: 'arn:aws:iam::111122223333:role/team/z', from: '--role-arn' },
        },
      },
    ],
    [
      '--source-profile is who signs for it',
      { profile: 'u', flags: { roleArn: '111122223333:z', sourceProfile: 'v' } },
      { profile: 'v' },
    ],
    ['--min-ttl', { flags: { minTtl: '0' } }, { minTtlSeconds: 0 }],
    [
      '--role-duration',
      { flags: { roleDuration: '1h30m' } },
      { duration: { value: 5400, from: '--role-duration' } },
    ],
    [
      'the settings stand below',
      { settings: { region: 'r', roleDuration: 900, mfaProcess: 'p', file: 'f' } },
      {
        settingsRegion: { value: 'r', from: 'f' },
        settingsDuration: { value: 900, from: 'f' },
        mfaProcess: { value: 'p', from: 'f' },
        region: undefined,
        duration: undefined,
      },
    ],
  ])('%s', (_, wish, expected) => {
    expect(requestOf(wish)).toMatchObject(expected);
  });

  it.each<readonly [string, Wish, RegExp]>([
    ['an empty name', { profile: '' }, /name of the profile is empty/],
    ['--source-profile alone', { flags: { sourceProfile: 'v' } }, /goes with --role-arn/],
    ['a role that is none', { flags: { roleArn: 'z' } }, /--role-arn is neither/],
    ['a tag without =', { flags: { sessionTags: ['a'] } }, /--session-tags/],
    ['a tag without a key', { flags: { sessionTags: ['=a'] } }, /--session-tags/],
    ['a duration that is none', { flags: { roleDuration: '1 hour' } }, /--role-duration is no duration/],
    ['a least time that is none', { flags: { minTtl: 'x' } }, /--min-ttl is no duration/],
  ])('%s is a wrong use', (_, wish, message) => {
    expect(() => requestOf(wish)).toThrow(objectWith({ kind: 'usage', message: textLike(message) }));
  });

  it('hold neither secrets nor codes', () => {
    const env = {
      AWS_SECRET_ACCESS_KEY: 'secret-1',
      AWS_SESSION_TOKEN: 'secret-2',
      TSAWSUME_MFA_TOKEN: '135790',
    };
    expect(JSON.stringify(requestOf({ env, flags: { mfaToken: '246802' } }))).not.toMatch(
      /secret-|135790|246802/,
    );
  });
});
