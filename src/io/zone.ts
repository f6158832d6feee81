import { readFileSync } from 'node:fs';

/**
 * Where `Date` is slow at that, which on Bun takes 4 ms for its first answer, a quarter of a run with a stored session;
 * undefined: `Date` is as quick to know.
 * @param at milliseconds since the epoch.
 * @param tz what TZ says; undefined: it is not set.
 */
export const aheadIfSlow = (at: number, tz: string | undefined): number | undefined =>
  process.versions['bun'] === undefined || process.platform === 'win32' ? undefined : aheadOfUtc(at, tz);

/**
 * How far the local time is ahead of UTC at a moment, in milliseconds, by the system's own file of the zone.
 * @param at milliseconds since the epoch.
 * @param tz what TZ says; undefined: it is not set.
 * @returns undefined where the file alone does not tell, and `Date` has to.
 */
export function aheadOfUtc(at: number, tz: string | undefined): number | undefined {
  const path = zoneFile(tz);
  try {
    return path === undefined ? undefined : aheadBy(readFileSync(path), Math.floor(at / 1000));
  } catch {
    return undefined;
  }
}

/** tzset(3), without rules that are written out in TZ, and without paths. */
function zoneFile(tz: string | undefined): string | undefined {
  if (tz === undefined) return '/etc/localtime';
  return /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/.test(tz) ? `/usr/share/zoneinfo/${tz}` : undefined;
}

const HEADER = 44;

/** RFC 9636 (TZif), version 2 and later: the second block, with times of 64 bits, and the rule behind it. */
function aheadBy(file: Buffer, seconds: number): number | undefined {
  if (file.toString('latin1', 0, 4) !== 'TZif' || file.readUInt8(4) < 0x32) return undefined;
  const second = HEADER + sizeOf(file, 0, 4);
  const [, , leaps, times, types] = counts(file, second);
  // Zones that count leap seconds count other seconds than we do.
  if (leaps > 0) return undefined;
  const first = second + HEADER;
  let last = -1;
  while (last + 1 < times && Number(file.readBigInt64BE(first + (last + 1) * 8)) <= seconds) last += 1;
  // Before the first change there is no rule; after the last one there may be a rule for changes to come.
  if (last < 0 && times > 0) return undefined;
  const footer = file.toString('latin1', first + sizeOf(file, second, 8));
  if (last === times - 1 && footer.includes(',')) return undefined;
  const type = last < 0 ? 0 : file.readUInt8(first + times * 8 + last);
  return type < types ? file.readInt32BE(first + times * 9 + type * 6) * 1000 : undefined;
}

type Counts = readonly [
  universal: number,
  standard: number,
  leaps: number,
  times: number,
  types: number,
  letters: number,
];

function counts(file: Buffer, header: number): Counts {
  const count = (index: number): number => file.readUInt32BE(header + 20 + index * 4);
  return [count(0), count(1), count(2), count(3), count(4), count(5)];
}

/** Bytes of the block behind a header. */
function sizeOf(file: Buffer, header: number, width: number): number {
  const [universal, standard, leaps, times, types, letters] = counts(file, header);
  return times * (width + 1) + types * 6 + letters + leaps * (width + 4) + standard + universal;
}
