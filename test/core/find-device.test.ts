import { beforeEach, describe, expect, it } from 'vitest';
import { foundDevice } from '../../src/core/chain-device';
import { codeDevice } from '../../src/core/find-device';
import { StsRefusal } from '../../src/core/ports';
import { Clock, FakeIam, FakeSts, MemoryLocks, MemoryStore, serialOf } from '../support/fakes';
import { objectWith, textLike } from '../support/matchers';
import { obtainIn } from '../support/obtain-in';
import { arn, chainOf, requestOf, role, SERIAL, TEMPORARY, USER, type Wish } from '../support/plans';

const VIRTUAL = 'arn:aws:iam::111122223333:mfa/dev';
const OTHER = 'arn:aws:iam::111122223333:mfa/old-phone';
const CHINA = 'arn:aws-cn:iam::111122223333:mfa/dev';
const FIDO = 'arn:aws:iam::111122223333:u2f/user/dev/key-ABCDEFGHIJ';
const TOKEN = 'GAHT12345678';

it.each([
  ['none', [], undefined],
  ['a virtual one', [VIRTUAL], VIRTUAL],
  ['of another partition', [CHINA], CHINA],
  ['the first of two', [OTHER, VIRTUAL], OTHER],
  ['a virtual one before a FIDO key', [FIDO, VIRTUAL], VIRTUAL],
  ['a virtual one before a hardware token', [TOKEN, VIRTUAL], VIRTUAL],
  ['a hardware token before a FIDO key', [FIDO, TOKEN], TOKEN],
  ['a FIDO key shows no codes', [FIDO], undefined],
  ['what is no serial', ['x', 'a b c d e f g'], undefined],
])('which device is asked for a code: %s', (_, serials, device) => {
  expect(codeDevice(serials)).toBe(device);
});

describe('a role that wants MFA, and no profile names a device', () => {
  let clock: Clock;
  let store: MemoryStore;
  let sts: FakeSts;
  let iam: FakeIam;
  let said: string[];
  let rootIsTemporary: boolean;
  const run = (wish: Wish, code?: string) =>
    obtainIn({ clock, store, locks: new MemoryLocks(), sts, iam, said, rootIsTemporary }, wish, code);
  const MFA = `mfa_serial = ${SERIAL}`;
  const refusal = (code: string): StsRefusal => new StsRefusal(code, 'no', true);
  const minutes = (count: number): void => void (clock.at += count * 60_000);
  const WISH: Wish = { config: role('x', 'u') };
  beforeEach(() => {
    [clock, store, said, rootIsTemporary] = [new Clock(), new MemoryStore(), [], false];
    sts = new FakeSts(clock.now, ({ action, signer, code }) => {
      if (action === 'AssumeRole' && signer === 'AKIAUSER' && code === undefined)
        throw refusal('AccessDenied');
    });
    iam = new FakeIam(() => [SERIAL]);
  });

  it('asks IAM once, takes a code, offers the line, and remembers', async () => {
    const { plan, session } = await run(WISH, '123456');
    expect(sts.calls).toEqual([
      'AssumeRole by AKIAUSER',
      'GetSessionToken by AKIAUSER +code',
      'AssumeRole by ASIA1',
    ]);
    expect([iam.heard, session.accessKeyId, plan.steps.length]).toEqual([['AKIAUSER'], 'ASIA2', 3]);
    expect(said).toEqual([
      `"x" was refused without MFA, and no profile has mfa_serial; IAM names your device ${SERIAL}`,
      `to be asked for its code at once, add to profile "x" (config:1): mfa_serial = ${SERIAL}`,
    ]);
    await run(WISH);
    minutes(58);
    await run(WISH);
    expect([sts.calls.slice(3), iam.heard.length, said.length]).toEqual([['AssumeRole by ASIA1'], 1, 2]);
    await run({ ...WISH, flags: { refresh: true } }, '654321');
    expect(iam.heard).toHaveLength(2);
  });
  it('with a long wish the code goes with the role', async () => {
    await run({ ...WISH, flags: { roleDuration: '4h' } }, '123456');
    expect(sts.calls).toEqual(['AssumeRole by AKIAUSER 14400', 'AssumeRole by AKIAUSER 14400 +code']);
  });
  it('a role of the command line has no section: its source is offered the line', async () => {
    await run({ profile: 'u', flags: { roleArn: arn('x') } }, '123456');
    expect(said[1]).toContain('add to profile "u" (credentials:1): mfa_serial');
  });
  it('refused with MFA as well: told so, nothing offered, nothing remembered, IAM not asked again', async () => {
    sts.refuse = ({ action }) => {
      if (action === 'AssumeRole') throw refusal('AccessDenied');
    };
    await expect(run(WISH, '123456')).rejects.toThrow(
      objectWith({ hint: textLike(/trust policy names you/) }),
    );
    expect([iam.heard.length, said.length]).toEqual([1, 1]);
    expect([...store.facts.keys()].filter((fact) => fact.startsWith('device'))).toEqual([]);
  });

  const fail = (code: string): never => {
    throw refusal(code);
  };
  it.each([
    ['IAM refuses', () => fail('AccessDenied'), /can't be looked up \(ListMFADevices: AccessDenied\)$/],
    ['IAM is not reached', () => fail('NetworkError'), /ListMFADevices: NetworkError/],
    ['there is none', () => [], /IAM knows no MFA device of yours$/],
    ['a FIDO key alone', () => [SERIAL.replace(':mfa/', ':u2f/user/')], /your MFA devices show no codes/],
  ])('%s: the first refusal, and why', async (_, devices, hint) => {
    iam.devices = devices;
    await expect(run(WISH, '123456')).rejects.toThrow(
      objectWith({
        kind: 'refused',
        message: textLike(/AssumeRole of .*"x" was refused/),
        hint: textLike(hint),
      }),
    );
    expect([sts.heard.length, iam.heard.length]).toEqual([1, 1]);
  });

  it('a stand-in for STS: AWS’s IAM does not hear of its users, its own does', async () => {
    const env = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' };
    const hint = textLike(/an endpoint is set for STS and none for IAM, so your device is not looked up$/);
    await expect(run({ ...WISH, env }, '123456')).rejects.toThrow(objectWith({ kind: 'refused', hint }));
    expect(iam.heard).toEqual([]);
    await run({ ...WISH, env: { ...env, AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:2' } }, '123456');
    expect(iam.heard).toEqual(['AKIAUSER']);
  });

  it('is asked once a run: a machine’s keys without a token bring no code, whatever IAM says', async () => {
    const machine = `[profile x]\nrole_arn = ${arn('x')}\ncredential_source = EcsContainer\n`;
    await expect(run({ config: machine }, '123456')).rejects.toThrow(objectWith({ kind: 'refused' }));
    expect([sts.heard.length, iam.heard.length]).toEqual([2, 1]);
  });
  it('mfa_process of the profile gives the code; of two roles of one user, each is asked for by itself', async () => {
    const config = role('x', 'u', 'mfa_process = print') + role('y', 'u');
    await run({ config });
    expect(sts.calls.slice(-2)).toEqual(['GetSessionToken by AKIAUSER +code', 'AssumeRole by ASIA1']);
    await expect(run({ config, profile: 'y' })).rejects.toThrow('AccessDenied');
    expect(iam.heard).toHaveLength(1);
  });
  it('is one user’s: with other keys it is looked up anew', async () => {
    await run(WISH, '123456');
    await run({ ...WISH, credentials: USER.replace('AKIAUSER', 'AKIAOTHER') }, '654321');
    expect(iam.heard).toHaveLength(2);
  });
  it('belongs to a role, not to the user’s own session', () => {
    const serial = serialOf(SERIAL);
    const found = (wish: Wish) => foundDevice(chainOf(wish), requestOf(wish), () => serial)?.serial.value;
    expect([found(WISH), found({ profile: 'u' })]).toEqual([SERIAL, undefined]);
  });
  it('a device that was deleted since: another is looked for with --refresh', async () => {
    await run(WISH, '123456');
    minutes(13 * 60);
    sts.refuse = () => {
      throw new StsRefusal('AccessDenied', 'MultiFactorAuthentication failed with invalid MFA device', true);
    };
    const hint = 'the device that IAM named before may be gone: look for another with --refresh';
    await expect(run(WISH, '654321')).rejects.toThrow(objectWith({ hint }));
    await expect(run({ ...WISH, flags: { refresh: true } }, '654321')).rejects.toThrow('AccessDenied');
    expect(iam.heard).toHaveLength(1);
  });

  const UNASKED: readonly (readonly [string, Wish, string | undefined, StsRefusal])[] = [
    ['nobody can give a code', WISH, undefined, refusal('AccessDenied')],
    ['another refusal', WISH, '123456', refusal('ExpiredToken')],
    ['temporary keys', { ...WISH, credentials: TEMPORARY }, '123456', refusal('AccessDenied')],
    ['a device in the profile', { config: role('x', 'u', MFA) }, '123456', refusal('AccessDenied')],
    [
      'a device whose code went with the role',
      { config: role('x', 'u', `${MFA}\nduration_seconds = 14400`) },
      '123456',
      refusal('AccessDenied'),
    ],
    ['a later role', { config: role('x', 'y') + role('y', 'u') }, '123456', refusal('AccessDenied')],
  ];
  it.each(UNASKED)('IAM is not asked: %s', async (_, wish, code, error) => {
    rootIsTemporary = wish.credentials === TEMPORARY;
    const later = wish.config?.includes('source_profile = y') === true;
    sts.refuse = ({ action }, nth) => {
      if (action === 'AssumeRole' && nth >= (later ? 2 : 1)) throw error;
    };
    await expect(run(wish, code)).rejects.toThrow(error.code);
    expect(iam.heard).toEqual([]);
  });
});
