import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { localTime } from '../../src/core/time';
import { aheadOfUtc } from '../../src/io/zone';

const { TZ } = process.env;
afterEach(() => {
  if (TZ === undefined) delete process.env['TZ'];
  else process.env['TZ'] = TZ;
});

const HOUR = 3_600_000;

// Where the system has no files of its zones, Date is asked, and there is nothing to compare.
describe.skipIf(!existsSync('/usr/share/zoneinfo/Europe/Berlin'))('the zone file', () => {
  it.each([
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'Africa/Casablanca',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+12',
  ])('of %s says what Date says, hour by hour around the year', (zone) => {
    process.env['TZ'] = zone;
    let told = 0;
    for (let at = Date.UTC(2025, 0, 1, 0, 30); at < Date.UTC(2028, 0, 1); at += HOUR) {
      const ahead = aheadOfUtc(at, zone);
      if (ahead === undefined) continue;
      told += 1;
      if (localTime(at, ahead) !== localTime(at))
        expect([at, localTime(at, ahead)]).toEqual([at, localTime(at)]);
    }
    // A system may write rules instead of years to come; then it is silent, and never wrong.
    expect([0, 3 * 365 * 24]).toContain(told);
  });

  it.each([
    'nonsense',
    '',
    'CET-1CEST,M3.5.0,M10.5.0/3',
    '../../../etc/passwd',
    '/etc/localtime',
    'Europe',
    'tzdata.zi',
    'right/Europe/Berlin',
    'zone1970.tab',
  ])('%j: Date has to say', (zone) => {
    expect(aheadOfUtc(Date.now(), zone)).toBeUndefined();
  });
});
