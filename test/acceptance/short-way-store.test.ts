import * as fs from 'node:fs';
import { join } from 'node:path';
import { describeBothWays } from '../support/both-ways';
import { arnOf, OPEN } from '../support/open-company';
import { clockAhead, unreadable, unwritable } from '../support/short-way-hook';
import { change, type Case, type Noted } from '../support/short-ways';

const MINUTE = 60_000;

/** What may have become of a file of the store; test/io/quick-store.test.ts has more of it. */
const SPOILT: readonly (readonly [string, (path: string) => void])[] = [
  ['has one bit flipped', (path) => flip(path)],
  ['can be read by others', (path) => fs.chmodSync(path, 0o644)],
  ['is gone', (path) => fs.rmSync(path)],
];
function flip(path: string): void {
  const bytes = fs.readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200);
  fs.writeFileSync(path, bytes);
}

/** What may stand in the place of `~/.tsawsume`, or of the folder in it. */
const FOLDERS: readonly (readonly [string, (path: string) => void])[] = [
  ['a file', (path) => fs.writeFileSync(path, '')],
  ['a link to itself', (path) => fs.symlinkSync(path, path)],
];
const instead = (path: string, make: (path: string) => void): void => {
  fs.rmSync(path, { recursive: true });
  make(path);
};
const cache = (at: Noted): string => at.home.cache;
const own = (at: Noted): string => join(at.home.cache, '..');
const aside = (at: Noted): void => {
  fs.renameSync(cache(at), join(own(at), 'x'));
  fs.symlinkSync('x', cache(at));
};
const entryName = '.json';

const CASES: readonly Case[] = [
  ...SPOILT.map(([what, spoil]) => change(`the session ${what}`, (at) => spoil(at.entry))),
  ...SPOILT.map(([what, spoil]) => change(`the way ${what}`, (at) => spoil(at.way))),
  change('the folder of the store is gone', (at) => fs.rmSync(cache(at), { recursive: true })),
  change('the folder above it is gone', (at) => fs.rmSync(own(at), { recursive: true })),
  ...FOLDERS.map(([what, spoil]) =>
    change(`the folder of the store is ${what}`, (at) => instead(cache(at), spoil), { fetches: true }),
  ),
  ...FOLDERS.map(([what, spoil]) =>
    change(`the folder above it is ${what}`, (at) => instead(own(at), spoil), { fetches: true }),
  ),
  change('the folder of the store can be read by others', (at) => fs.chmodSync(cache(at), 0o755)),
  change('the folder of the store is a link to the very same', aside, { fetches: true }),
  change('a file of the store goes while it is looked at', () => undefined, {
    fault: unreadable(entryName, 'gone'),
  }),
  change('a file of the store may not be read', () => undefined, { fault: unreadable(entryName, 'EACCES') }),
  change('a file of the store can not be read', () => undefined, { fault: unreadable(entryName, 'EIO') }),
  change('the session is over', () => undefined, { fault: clockAhead(61 * MINUTE), fetches: true }),
  change('the session has less than it must have left', () => undefined, {
    fault: clockAhead(55.5 * MINUTE),
    fetches: true,
  }),
  change('the session has just enough left', () => undefined, {
    fault: clockAhead(53 * MINUTE),
    way: 'short',
  }),
  change('the clock is set back by an hour', () => undefined, { fault: clockAhead(-60 * MINUTE) }),
  change('the clock is set ahead by two days', () => undefined, {
    fault: clockAhead(2 * 1440 * MINUTE),
    fetches: true,
  }),
  change(
    'a role refused a session of that length',
    (at) => at.remember(`longest ${arnOf(OPEN.hop)}`, { seconds: 900 }),
    {
      profile: 'my role',
      before: (at) => at.put('.tsawsume/config.yaml', 'role-duration: 1h\n'),
      once: /.*it refused more before.*\n/,
    },
  ),
  change('another role refused one', (at) => at.remember(`longest ${arnOf(OPEN.last)}`, { seconds: 900 }), {
    profile: 'my role',
    before: (at) => at.put('.tsawsume/config.yaml', 'role-duration: 1h\n'),
    way: 'short',
  }),
  change('everything is forgotten', (at) => at.run(['logout'])),
  change('the profile is forgotten', (at) => at.run(['logout', 'reader'])),
  change('another profile is forgotten', (at) => at.run(['logout', 'bot']), { way: 'short' }),
  change('the session is fetched anew', (at) => at.run(['reader', '-r'])),
  change('another profile is taken', (at) => at.run(['five1']), { way: 'short' }),
  change('nothing can be written: the home is read only', (at) => at.run(['five1']), {
    fault: unwritable('EROFS'),
    way: 'short',
  }),
  change('nothing can be written: the disk is full', (at) => at.run(['five1']), {
    fault: unwritable('ENOSPC'),
    way: 'short',
  }),
  {
    name: 'a device that IAM named: what was stored without one goes before it',
    profile: 'found',
    before: (at) =>
      fs.appendFileSync(
        at.config,
        `[profile found]\nrole_arn = ${arnOf(OPEN.mfaOne)}\nsource_profile = dev\n`,
      ),
    env: (at) => ({ TSAWSUME_MFA_TOKEN: at.world.code() }),
    change: async (at) => {
      const { trust, ...role } = OPEN.mfaOne;
      at.world.sandbox.cloud.addRole({ ...role, trust: { principals: trust.principals } });
      await at.run(['found', '-r']);
      return undefined;
    },
    way: 'never',
  },
];

describeBothWays('where the store changes', CASES);
