import { afterEach, beforeEach, expect, it } from 'vitest';
import type { World } from '../../support/harness';
import { keysOf, openWorld } from '../../support/open-company';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const BASE = 'role_arn = arn:aws:iam::111122223333:role/hop\nsource_profile = dev\n';
const write = (profile: string, source: 'dev' | 'alice' = 'dev'): void =>
  world.home.write(`[profile dev]\n${keysOf(world, source)}[profile x]\n${profile}`, '');

/** Each makes another session of the same profile. */
const CHANGES: readonly (readonly [string, () => void, readonly string[]])[] = [
  ['the role', () => write(BASE.replace('hop', 'last')), []],
  ['the keys of the source', () => write(BASE, 'alice'), []],
  ['role_session_name', () => write(`${BASE}role_session_name = me\n`), []],
  ['duration_seconds', () => write(`${BASE}duration_seconds = 900\n`), []],
  ['external_id', () => write(`${BASE}external_id = abc\n`), []],
  ['--role-duration', () => undefined, ['--role-duration', '20m']],
  ['--session-name', () => undefined, ['--session-name', 'you']],
  ['--external-id', () => undefined, ['--external-id', 'def']],
  ['--session-policy', () => undefined, ['--session-policy', '{"Version":"2012-10-17","Statement":[]}']],
  ['--session-tags', () => undefined, ['--session-tags', 'a=b']],
];

it.each(CHANGES)(
  'row 26: %s changed: never a stale hit, and the old session is still a hit',
  async (_, change, flags) => {
    write(BASE);
    const first = await world.run(['export', 'x', '--format', 'json']);
    expect([first.code, world.calls.length]).toEqual([0, 1]);
    change();
    const changed = await world.run(['export', 'x', '--format', 'json', ...flags]);
    expect([changed.code, world.calls.length], changed.stderr).toEqual([0, 2]);
    expect(changed.stdout).not.toBe(first.stdout);
    write(BASE);
    const back = await world.run(['export', 'x', '--format', 'json']);
    expect([back.stdout, world.calls.length]).toEqual([first.stdout, 2]);
  },
);
