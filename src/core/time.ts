/** Times are milliseconds since the epoch, UTC; durations are whole seconds. Only this file and io know `Date`. */

const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, '': 1 };

/** `3600`, `90m`, `1h30m`, `12h`, `45s` → seconds; anything else → undefined. */
export function parseDuration(text: string): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (!/^(\d{1,9}h)?(\d{1,9}m)?(\d{1,9}s)?$/.test(text) || text === '') return undefined;
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([hms])/g)) {
    seconds += Number(count) * (UNIT_SECONDS[unit ?? ''] ?? 1);
  }
  return seconds;
}

/**
 * ISO 8601 in UTC with milliseconds: what `toISOString` writes, and what it throws. Put together here, since V8's
 * first call of it takes 0.2 ms (Node 20) of the 3 that a run with a stored session adds to Node's own start.
 */
export function isoMilliseconds(milliseconds: number): string {
  const at = new Date(milliseconds);
  const year = at.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return at.toISOString();
  const date = String(year * 10_000 + (at.getUTCMonth() + 1) * 100 + at.getUTCDate()).padStart(8, '0');
  const minutes = at.getUTCHours() * 100 + at.getUTCMinutes();
  const thousandths = at.getUTCSeconds() * 1000 + at.getUTCMilliseconds();
  const time = String(minutes * 100_000 + thousandths).padStart(9, '0');
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;
  return `${day}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}.${time.slice(6)}Z`;
}

/** ISO 8601 in UTC with whole seconds, as AWS prints expirations. */
export const isoSeconds = (milliseconds: number): string =>
  isoMilliseconds(Math.floor(milliseconds / 1000) * 1000).replace('.000Z', 'Z');

/**
 * `2021-02-01 19:45:53`, in the person's own zone: a time without a zone is read as local.
 * @param ahead milliseconds that the zone is ahead of UTC then; undefined: `Date` knows.
 */
export function localTime(milliseconds: number, ahead?: number): string {
  const shift = ahead ?? -new Date(milliseconds).getTimezoneOffset() * 60_000;
  return isoMilliseconds(milliseconds + shift)
    .slice(0, 19)
    .replace('T', ' ');
}

/**
 * `12h`, `11h 30m`, `59m`, `40s`. An hour and more is rounded to the minute, so that a session of twelve hours that
 * is a second old reads `12h`; below an hour it is rounded down, so that nobody is promised more than there is.
 */
export function describeSeconds(seconds: number): string {
  if (seconds < 60) return `${String(Math.max(0, Math.floor(seconds)))}s`;
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))}m`;
  const minutes = Math.round(seconds / 60);
  const rest = minutes % 60;
  return `${String(Math.floor(minutes / 60))}h${rest === 0 ? '' : ` ${String(rest)}m`}`;
}

/** `expire at 2021-02-01 19:45:53 (in 12h)`; `ahead` as of `localTime`. */
export const describeExpiry = (expiresAt: number, now: number, ahead?: number): string =>
  `${localTime(expiresAt, ahead)} (in ${describeSeconds((expiresAt - now) / 1000)})`;
