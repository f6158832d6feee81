import { describe, expect, it } from 'vitest';
import { awsume, tsawsume, twice, type Wish } from './support/awsume';

const READER = 'arn:aws:iam::111122223333:role/reader';

const SAME: readonly (Wish & { readonly who: string; readonly region?: string })[] = [
  { what: 'a user', args: ['dev'], who: 'user/dev' },
  { what: 'a user with MFA', args: ['alice', '--mfa-token', 'ALICE'], who: 'user/alice' },
  { what: 'a role', args: ['reader'], who: 'reader/reader' },
  { what: 'MFA on the role', args: ['cli-role', '--mfa-token', 'CODE'], who: 'cli-role/cli-role' },
  {
    what: 'MFA, and the region, on its source',
    args: ['by-source', '--mfa-token', 'CODE'],
    who: 'cli-role/by-source',
    region: 'eu-west-1',
  },
  { what: 'a role for half an hour', args: ['half-hour'], who: 'reader/half-hour' },
  { what: 'a chain', args: ['onward'], who: 'reader/onward', region: 'ca-central-1' },
  { what: 'a chain with MFA', args: ['deployer', '--mfa-token', 'CODE'], who: 'deployer/deployer' },
  { what: 'an external id', args: ['partner'], who: 'partner/partner' },
  { what: 'the region of [default]', args: ['fallback'], who: 'reader/fallback', region: 'ca-central-1' },
  {
    what: '--region',
    args: ['reader', '--region', 'ap-south-1'],
    who: 'reader/reader',
    region: 'ap-south-1',
  },
  { what: 'role_session_name', args: ['named'], who: 'reader/jane.doe' },
  { what: '--session-name', args: ['reader', '--session-name', 'jane'], who: 'reader/jane' },
  {
    what: '--role-arn and --source-profile',
    args: ['--role-arn', READER, '--source-profile', 'dev', '--session-name', 'jane'],
    who: 'reader/jane',
  },
  {
    what: 'account:role',
    args: ['--role-arn', '111122223333:reader', '--source-profile', 'dev', '--session-name', 'jane'],
    who: 'reader/jane',
  },
];

/** Each has an STS and a HOME of its own. */
const both = (wish: Wish) => Promise.all([twice(awsume, wish), twice(tsawsume, wish)]);

/** awsume 4.5.5rc0, for 4.5.5 is not to be had: see .ci/requirements.txt. */
describe('tsawsume is whom awsume is, by no more calls', () => {
  it.each(SAME)('$what', async (wish) => {
    const [[theirs, theirsAgain], [ours, oursAgain]] = await both(wish);
    for (const { code, stderr } of [theirs, theirsAgain, ours, oursAgain]) expect(code, stderr).toBe(0);
    expect(theirs.arn).toMatch(new RegExp(`[:/]${wish.who}$`));
    expect(theirs.region).toBe(wish.region ?? 'us-east-1');
    for (const run of [ours, oursAgain]) {
      expect([run.arn, run.region]).toEqual([theirs.arn, theirs.region]);
    }
    expect(ours.calls).toEqual(theirs.calls);
    expect(oursAgain.calls).toEqual([]);
    // awsume never stores a role; a user's session it does.
    const roles = theirs.calls.filter((call) => call.startsWith('AssumeRole'));
    expect(theirsAgain.calls).toEqual(roles);
  });
});

describe('tsawsume differs from awsume on purpose', () => {
  it('signs a chain with a duration by its chain, where awsume signs by [default]', async () => {
    const wish = { what: 'fault 1', args: ['onward-half-hour'] };
    const [[theirs], [ours]] = await both(wish);
    expect([theirs.code, theirs.calls]).toEqual([0, ['AssumeRole user/bot']]);
    expect([ours.code, ours.calls]).toEqual([0, ['AssumeRole user/alice', 'AssumeRole assumed-role/hub']]);
  });

  it('keeps a role of two hours, where awsume asks for a code on every run', async () => {
    const wish = { what: 'two hours', args: ['hours', '--mfa-token', 'CODE'] };
    const [[theirs, theirsAgain], [ours, oursAgain]] = await both(wish);
    expect(ours.arn).toMatch(/:assumed-role\/cli-role\/hours$/);
    expect([ours.arn, ours.calls]).toEqual([theirs.arn, theirs.calls]);
    expect([theirsAgain.code, theirsAgain.stderr]).toEqual([1, expect.stringContaining('Enter MFA token')]);
    expect([oursAgain.code, oursAgain.arn, oursAgain.calls]).toEqual([0, ours.arn, []]);
  });

  it('names the session of --role-arn after the role, where awsume has one name for all', async () => {
    const wish = { what: 'no name', args: ['--role-arn', READER, '--source-profile', 'dev'] };
    const [[theirs], [ours]] = await both(wish);
    expect(theirs.arn).toMatch(/\/reader\/awsume-cli-role$/);
    expect(ours.arn).toMatch(/\/reader\/reader$/);
  });
});
