import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/io/session-store';
import { entry, HOUR } from '../io/support';
import { variables, World } from '../support/harness';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const callsOf = (action: string) => world.sandbox.journal.calls.filter((call) => call.action === action);

describe('stored sessions', () => {
  it('fetches a role once, and then takes it from the store without a call', async () => {
    const first = await world.run(['export', 'reader', '--format', 'json']);
    const second = await world.run(['export', 'reader', '--format', 'json'], {
      env: { AWS_ENDPOINT_URL_STS: world.sandbox.url },
    });
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(variables(second.stdout)).toEqual(variables(first.stdout));
    expect(world.calls).toEqual(['AssumeRole']);
    expect(world.home.sessions()).toHaveLength(1);
  });

  it('serves every role of a user from one MFA code, also where the profiles differ in their regions', async () => {
    const device = world.sandbox.company.users.dev.device?.serial ?? '';
    const role = (name: string, region: string): string =>
      `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/reader\nrole_session_name = ${name}\nsource_profile = dev\nmfa_serial = ${device}\nregion = ${region}\n`;
    const { accessKeyId, secretAccessKey } = world.sandbox.company.users.dev.key;
    world.home.write(
      role('one', 'eu-west-1') + role('two', 'us-west-2'),
      `[dev]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    const one = await world.run(['export', 'one', '--format', 'json', '--mfa-token', world.code()]);
    const two = await world.run(['export', 'two', '--format', 'json']);
    const three = await world.run(['export', 'two', '--format', 'json', '--region', 'ap-south-1']);
    expect([one.code, two.code, three.code]).toEqual([0, 0, 0]);
    expect(world.calls).toEqual(['GetSessionToken', 'AssumeRole', 'AssumeRole', 'AssumeRole']);
    expect(variables(one.stdout)['AWS_REGION']).toBe('eu-west-1');
    expect(variables(two.stdout)['AWS_DEFAULT_REGION']).toBe('us-west-2');
    expect(callsOf('AssumeRole').map(({ region }) => region)).toEqual([
      'eu-west-1',
      'us-west-2',
      'ap-south-1',
    ]);
    const signers = callsOf('AssumeRole').map(({ accessKeyId: id }) => id);
    expect(new Set(signers).size).toBe(1);
  });

  it('-r fetches the chain anew, and the next run takes what that stored', async () => {
    await world.run(['export', 'reader']);
    const fresh = await world.run(['export', 'reader', '--format', 'json', '-r']);
    const next = await world.run(['export', 'reader', '--format', 'json']);
    expect(world.calls).toEqual(['AssumeRole', 'AssumeRole']);
    expect(variables(next.stdout)).toEqual(variables(fresh.stdout));
  });

  it('a run that fetches removes what ended days ago, and what a dead holder of a lock left', async () => {
    const { cache } = world.home;
    const days = (count: number): number => Date.now() - count * 86_400_000;
    const old = entry({ session: { ...entry().session, expiresAt: days(3) }, obtainedAt: days(3) - HOUR });
    const store = openStore({ home: join(cache, '..'), now: () => days(3) - HOUR, warn: () => undefined });
    store.write(old);
    fs.utimesSync(join(cache, `${old.key}.json`), days(3) / 1000, days(3) / 1000);
    const torn = join(cache, 'locks', 'a'.repeat(32));
    fs.mkdirSync(join(cache, 'locks'), { mode: 0o700 });
    fs.writeFileSync(torn, 'torn', { mode: 0o600 });

    expect((await world.run(['reader'])).code).toBe(0);
    expect(fs.existsSync(torn)).toBe(false);
    expect(world.home.sessions()).toHaveLength(1);
    expect(world.home.sessions().join()).not.toContain(old.key);
  });

  it('--min-ttl longer than what is left fetches anew; shorter does not', async () => {
    await world.run(['export', 'reader', '--role-duration', '15m']);
    await world.run(['export', 'reader', '--role-duration', '15m', '--min-ttl', '10m']);
    expect(world.calls).toHaveLength(1);
    const again = await world.run(['export', 'reader', '--role-duration', '15m', '--min-ttl', '20m']);
    expect(world.calls).toHaveLength(2);
    expect(again.code).toBe(0);
    expect(again.stderr).toContain('lives shorter than --min-ttl asks');
  });

  it('a change of role_arn fetches that role anew, and with the same user session', async () => {
    await world.run(['export', 'cli-role', '--mfa-token', world.code()]);
    const device = world.sandbox.company.users.dev.device?.serial ?? '';
    const { accessKeyId, secretAccessKey } = world.sandbox.company.users.dev.key;
    const region = 'region = us-east-1\n';
    world.home.write(
      `[profile cli-role]\nrole_arn = arn:aws:iam::111122223333:role/reader\nsource_profile = dev\nmfa_serial = ${device}\n${region}[profile dev]\n${region}`,
      `[dev]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    const changed = await world.run(['export', 'cli-role']);
    expect(changed.code).toBe(0);
    expect(world.calls).toEqual(['GetSessionToken', 'AssumeRole', 'AssumeRole']);
    expect(callsOf('AssumeRole')[1]?.params['RoleArn']).toBe('arn:aws:iam::111122223333:role/reader');
  });

  it('logout forgets a profile’s chain, or everything', async () => {
    await world.run(['export', 'reader']);
    await world.run(['export', 'cli-role', '--mfa-token', world.code()]);
    expect(world.home.sessions()).toHaveLength(3);
    const one = await world.run(['logout', 'reader']);
    expect([one.code, one.stdout, world.home.sessions().length]).toEqual([0, '', 1]);
    const all = await world.run(['logout']);
    expect([all.code, world.home.sessions().length]).toEqual([0, 0]);
    const none = await world.run(['logout']);
    expect([none.code, none.stderr]).toEqual([0, 'no sessions were stored\n']);
    await world.run(['export', 'reader']);
    expect(callsOf('AssumeRole')).toHaveLength(3);
  });
});

describe('a stored user session that AWS does not know any more', () => {
  const firstSession = async (): Promise<void> => {
    expect((await world.run(['export', 'cli-role', '--mfa-token', world.code()])).code).toBe(0);
    world.sandbox.journal.clear();
  };
  const fresh = (): string =>
    world.sandbox.cloud.freshCode(world.sandbox.company.users.dev.device?.serial ?? '') ?? '';
  // Another session name: a role that is not stored yet, signed by the stored user session.
  const another = ['export', 'cli-role', '--session-name', 'another'];

  it('ExpiredToken: is dropped, and fetched anew once', async () => {
    await firstSession();
    world.sandbox.cloud.expireSessions();
    const again = await world.run([...another, '--mfa-token', fresh()]);
    expect([again.code, world.calls]).toEqual([0, ['AssumeRole', 'GetSessionToken', 'AssumeRole']]);
  });

  it('InvalidClientTokenId: the same', async () => {
    await firstSession();
    const signer = await world.run([...another, '--session-name', 'second', '--format', 'process']);
    expect(signer.code).toBe(0);
    world.sandbox.cloud.deleteKey(callsOf('AssumeRole')[0]?.accessKeyId ?? '');
    world.sandbox.journal.clear();
    const again = await world.run([...another, '--mfa-token', fresh()]);
    expect([again.code, world.calls]).toEqual([0, ['AssumeRole', 'GetSessionToken', 'AssumeRole']]);
  });

  it('and without a way to a code: exit 4, after the one call that told', async () => {
    await firstSession();
    world.sandbox.cloud.expireSessions();
    const again = await world.run(another);
    expect([again.code, again.stdout, world.calls]).toEqual([4, '', ['AssumeRole']]);
  });
});
