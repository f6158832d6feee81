import { beforeEach, describe, expect, it } from 'vitest';
import { StsRefusal } from '../../src/core/ports';
import { Clock, FakeIam, FakeSts, MemoryLocks, MemoryStore } from '../support/fakes';
import { obtainIn } from '../support/obtain-in';
import { arn, role, SERIAL, USER, type Wish } from '../support/plans';
import { objectWith } from '../support/matchers';

let clock: Clock;
let store: MemoryStore;
let locks: MemoryLocks;
let sts: FakeSts;
let said: string[];
let rootIsTemporary: boolean;
beforeEach(() => {
  [clock, store, locks, said, rootIsTemporary] = [
    new Clock(),
    new MemoryStore(),
    new MemoryLocks(),
    [],
    false,
  ];
  sts = new FakeSts(clock.now);
});

/** One run. @param code what the flag gives. */
const run = (wish: Wish, code?: string) =>
  obtainIn({ clock, store, locks, sts, iam: new FakeIam(), said, rootIsTemporary }, wish, code);
const MFA = `mfa_serial = ${SERIAL}`;
const CHAIN: Wish = { config: role('x', 'y') + role('y', 'u', MFA) };
const refusal = (code: string, text = 'no') => new StsRefusal(code, text, true);
const minutes = (count: number): void => void (clock.at += count * 60_000);

describe('from the last stored step forwards', () => {
  it('fetches each step, signed by the one before, and stores it', async () => {
    const { taken } = await run(CHAIN, '123456');
    expect(sts.calls).toEqual([
      'GetSessionToken by AKIAUSER +code',
      'AssumeRole by ASIA1',
      'AssumeRole by ASIA2',
    ]);
    expect(taken.map(({ how }) => how)).toEqual(['fetched', 'fetched', 'fetched']);
    expect(store.entries.size).toBe(3);
  });
  it('a fresh last session ends it: no call, no lock, and not even the root’s keys', async () => {
    await run(CHAIN, '123456');
    [sts.heard.length, locks.log.length] = [0, 0];
    const { session, taken } = await run(CHAIN);
    expect([session.accessKeyId, taken.map(({ how }) => how), sts.calls, locks.log]).toEqual([
      'ASIA3',
      ['stored'],
      [],
      [],
    ]);
  });
  it('counts what is left by the length it was asked for where our clock is late: AWS counts from its own', async () => {
    const late = new FakeSts(() => clock.now() + 2 * 3_600_000);
    sts = late;
    await run(CHAIN, '123456');
    minutes(54);
    sts.heard.length = 0;
    await run(CHAIN);
    expect(sts.calls).toEqual([]);
    minutes(2);
    await run(CHAIN);
    expect(sts.calls).toEqual(['AssumeRole by ASIA1', 'AssumeRole by ASIA4']);
  });
  it('resumes at the session that is still fresh', async () => {
    await run(CHAIN, '123456');
    minutes(57);
    sts.heard.length = 0;
    await run(CHAIN);
    expect(sts.calls).toEqual(['AssumeRole by ASIA1', 'AssumeRole by ASIA4']);
  });
  it('five minutes are too little for the last one, whatever the clock did', async () => {
    await run({ config: role('x', 'u') });
    minutes(54);
    await run({ config: role('x', 'u') });
    expect(sts.heard).toHaveLength(1);
    minutes(1);
    await run({ config: role('x', 'u') });
    expect(sts.heard).toHaveLength(2);
  });
  it('a wish for a long life is not a wish for another code: who only signs needs five minutes', async () => {
    await run(CHAIN, '123456');
    await run({ ...CHAIN, flags: { minTtl: '50m' } });
    expect(sts.heard).toHaveLength(3);
    minutes(20);
    await run({ ...CHAIN, flags: { minTtl: '50m' } });
    expect(sts.calls.slice(3)).toEqual(['AssumeRole by ASIA2']);
  });
  it('--refresh ignores all that was stored before the run', async () => {
    await run({ config: role('x', 'u') });
    minutes(1);
    await run({ config: role('x', 'u'), flags: { refresh: true } });
    expect(sts.heard).toHaveLength(2);
  });
  it('no lock is held while another is waited for, and none stays held', async () => {
    await run(CHAIN, '123456');
    expect(locks.log.filter((what) => what === 'acquired' || what === 'released').join(' ')).toBe(
      'acquired released acquired released acquired released',
    );
    sts.refuse = () => {
      throw refusal('AccessDenied');
    };
    await expect(run({ config: role('x', 'u') })).rejects.toThrow('AccessDenied');
    expect(locks.held.size).toBe(0);
  });
});

describe('a stored signer that AWS does not know any more', () => {
  it.each(['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId'])(
    '%s: once more round',
    async (code) => {
      await run(CHAIN, '123456');
      minutes(58);
      sts.refuse = (_, nth) => {
        if (nth === 4) throw refusal(code);
      };
      const { session } = await run(CHAIN, '654321');
      expect(sts.calls.slice(3)).toEqual([
        'AssumeRole by ASIA1',
        'GetSessionToken by AKIAUSER +code',
        'AssumeRole by ASIA4',
        'AssumeRole by ASIA5',
      ]);
      expect(session.accessKeyId).toBe('ASIA6');
    },
  );
  it('and no third time', async () => {
    await run(CHAIN, '123456');
    minutes(58);
    sts.refuse = ({ action }, nth) => {
      if (nth > 3 && action === 'AssumeRole') throw refusal('ExpiredToken');
    };
    await expect(run(CHAIN, '654321')).rejects.toThrow(/AssumeRole of .*"y" was refused: ExpiredToken/);
    expect(sts.heard).toHaveLength(6);
  });
  it('keys that are not stored are the user’s to renew: told at once', async () => {
    sts.refuse = () => {
      throw refusal('InvalidClientTokenId');
    };
    await expect(run({ config: role('x', 'u') })).rejects.toThrow('InvalidClientTokenId');
    expect(sts.heard).toHaveLength(1);
  });
});

describe('16 a role that refuses the duration', () => {
  const most = (seconds: number): void => {
    sts.refuse = (call) => {
      if ((call.seconds ?? 0) > seconds) throw refusal('ValidationError', 'too long');
    };
  };
  const wish: Wish = { config: role('x', 'u', 'duration_seconds = 43200') };
  it.each([
    [28_800, '43200 28800', '8h'],
    [7_200, '43200 28800 14400 7200', '2h'],
    [3_600, '43200 28800 14400 7200 3600', '1h'],
  ])('that takes %i: steps down, says so, remembers it', async (seconds, asked, told) => {
    most(seconds);
    const { session } = await run(wish);
    expect(sts.heard.map((call) => call.seconds).join(' ')).toBe(asked);
    expect(session.expiresAt).toBe(clock.at + seconds * 1000);
    expect(said).toEqual([`"x" refused so long a session; it took ${told}, which is remembered`]);
    sts.heard.length = 0;
    await run(wish);
    expect(sts.heard).toEqual([]);
    await run({ ...wish, flags: { sessionName: 'another' } });
    expect(sts.heard.map((call) => call.seconds)).toEqual([seconds]);
  });
  it('a ValidationError that an hour does not mend is told', async () => {
    most(0);
    await expect(run(wish)).rejects.toThrow(/ValidationError: too long/);
    expect(sts.heard).toHaveLength(5);
  });
  it('a shorter wish steps from there', async () => {
    most(3_600);
    await run({ config: role('x', 'u', 'duration_seconds = 10000') });
    expect(sts.heard.map((call) => call.seconds)).toEqual([10_000, 7_200, 3_600]);
  });
});

describe('a process that turns out to give temporary keys', () => {
  const config = `[profile p]\ncredential_process = give\n${role('x', 'p', MFA)}`;
  beforeEach(() => {
    rootIsTemporary = true;
  });
  it('is remembered: no GetSessionToken, now and later', async () => {
    await run({ config, credentials: '' }, '123456');
    expect(sts.calls).toEqual(['AssumeRole by AKIAUSER +code']);
    minutes(58);
    await run({ config, credentials: '' }, '654321');
    expect(sts.calls).toHaveLength(2);
  });
  it('caps the role, and holds nothing against it', async () => {
    await run({ config: config.replace(MFA, 'duration_seconds = 7200'), credentials: '' });
    expect(sts.heard.map((call) => call.seconds)).toEqual([3_600]);
    rootIsTemporary = false;
    await run({ config: role('x', 'u', 'duration_seconds = 7200'), credentials: USER });
    expect(sts.heard.at(-1)?.seconds).toBe(7_200);
  });
});

it('a web identity’s role needs nobody to sign', async () => {
  await run({ config: `[profile x]\nrole_arn = ${arn('x')}\nweb_identity_token_file = /t` });
  expect(sts.calls).toEqual(['AssumeRoleWithWebIdentity by nobody']);
});

it('a code that nobody can give: exit 4 in under a second, no call', async () => {
  const since = clock.at;
  await expect(run(CHAIN)).rejects.toThrow(objectWith({ kind: 'needs-person' }));
  expect(clock.at - since).toBeLessThan(1_000);
  expect(sts.heard).toEqual([]);
});
