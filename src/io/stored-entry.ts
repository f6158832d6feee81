import { isBelieved, type Believed, type Uptime } from '../core/believed';
import { checksum } from '../core/checksum';
import { Secret } from '../core/secret';
import { isoMilliseconds } from '../core/time';
import { isProfileName, type CacheKey } from '../core/names';
import type { Inputs, StoredSession } from '../core/ports';

/**
 * How a session lies on disk: JSON, times in ISO 8601 UTC. Everything read is checked by hand, since a schema
 * library would cost more time than the whole run; what is not exactly as written here is no entry.
 */
const VERSION = 3;

/** Far more than the longest session token and the largest policy make. */
export const LARGEST = 1024 * 1024;

/** Two facts that met under one name would each be taken for absent: the fact itself is in the file. */
export const factName = (fact: string): string => `fact-${checksum(fact)}.json`;

export interface StoredEntry {
  readonly stored: StoredSession;
  /** When it was stored, by `Uptime`. */
  readonly uptime: Uptime;
}

export function formatEntry({ stored, uptime }: StoredEntry): string {
  const { session } = stored;
  return doubled({
    version: VERSION,
    key: stored.key,
    kind: stored.kind,
    profile: stored.profile,
    inputs: stored.inputs,
    obtainedAt: isoMilliseconds(stored.obtainedAt),
    lifetimeSeconds: stored.lifetimeSeconds,
    uptime,
    session: {
      accessKeyId: session.accessKeyId,
      secretAccessKey: session.secretAccessKey.reveal(),
      sessionToken: session.sessionToken?.reveal(),
      expiration: isoMilliseconds(session.expiresAt),
      principalArn: session.principalArn,
    },
  });
}

/**
 * All of it once more at its end: one bit of a secret or of a time that has gone bad on the disk could be told by nothing
 * else. No sum of it, which took 0.13 ms to add up; to write the copy and compare takes 0.02.
 */
function doubled(record: Readonly<Record<string, unknown>>): string {
  const body = JSON.stringify(record, null, 1).slice(0, -'\n}'.length);
  return `${body}${ending(body)}`;
}

/** No text within JSON has a line's end in it, so this stands in a file once. */
const AGAIN = ',\n "again": ';
const ending = (body: string): string => `${AGAIN}${JSON.stringify(body)}\n}\n`;

/** @returns undefined for anything that `formatEntry` would not have written under this key. */
export function parseEntry(text: string, key: CacheKey): StoredEntry | undefined {
  const entry = parseRecord(text);
  if (entry?.['version'] !== VERSION || entry['key'] !== key) return undefined;
  const session = parseSession(entry['session']);
  const uptime = parseUptime(entry['uptime']);
  const obtainedAt = parseTime(entry['obtainedAt']);
  const { kind, profile, inputs, lifetimeSeconds } = entry;
  if (session === undefined || uptime === undefined || obtainedAt === undefined) return undefined;
  if (!isKind(kind) || !isInputs(inputs) || !isLifetime(lifetimeSeconds)) return undefined;
  if (typeof profile !== 'string' || !isProfileName(profile)) return undefined;
  return { stored: { key, inputs, session, obtainedAt, lifetimeSeconds, profile, kind }, uptime };
}

function parseSession(value: unknown): StoredSession['session'] | undefined {
  if (!isRecord(value)) return undefined;
  const { accessKeyId, secretAccessKey, sessionToken, principalArn } = value;
  const expiresAt = parseTime(value['expiration']);
  if (!isText(accessKeyId) || !isText(secretAccessKey) || !isText(sessionToken)) return undefined;
  if (expiresAt === undefined || (principalArn !== undefined && !isText(principalArn))) return undefined;
  // One look at all: V8 makes machine code of an expression that it runs a second time, at the cost of a file's reading.
  if (!/^[\x21-\x7e]+$/.test(accessKeyId + secretAccessKey + sessionToken + (principalArn ?? '')))
    return undefined;
  return {
    accessKeyId,
    secretAccessKey: new Secret(secretAccessKey),
    sessionToken: new Secret(sessionToken),
    expiresAt,
    ...(principalArn === undefined ? {} : { principalArn }),
  };
}

function parseUptime(value: unknown): Uptime | undefined {
  if (!isRecord(value)) return undefined;
  const { host, milliseconds } = value;
  if (typeof host !== 'string' || typeof milliseconds !== 'number' || milliseconds < 0) return undefined;
  return { host, milliseconds };
}

export function formatFact(name: string, value: Inputs): string {
  return doubled({ version: VERSION, fact: name, value });
}

export function parseFact(text: string, name: string): Inputs | undefined {
  const fact = parseRecord(text);
  if (fact?.['version'] !== VERSION || fact['fact'] !== name) return undefined;
  const { value } = fact;
  return isInputs(value) ? value : undefined;
}

/** @returns undefined for what is not a record and the same once more. */
export function parseRecord(text: string): Record<string, unknown> | undefined {
  const body = text.slice(0, Math.max(0, text.lastIndexOf(AGAIN)));
  if (text !== `${body}${ending(body)}`) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isKind = (value: unknown): value is StoredSession['kind'] =>
  value === 'get-session-token' || value === 'assume-role' || value === 'web-identity';

/** Keys, tokens and ARNs are ASCII without blanks; a control character would have no business in a shell either. */
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** AWS gives 36 hours at most, other makers of STS up to a year. */
const LONGEST_LIFETIME_SECONDS = 366 * 86_400;

const isLifetime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= LONGEST_LIFETIME_SECONDS;

/** What `isoMilliseconds` writes, and nothing else. */
function parseTime(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) || isoMilliseconds(time) !== value ? undefined : time;
}

/** Deeper than any plan nests, and far from the end of the stack. */
const DEEPEST = 32;

function isInputs(value: unknown, depth = 0): value is Inputs {
  return depth < DEEPEST && isRecord(value) && Object.values(value).every((one) => isInput(one, depth));
}

function isInput(value: unknown, depth: number): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (!Array.isArray(value)) return isInputs(value, depth + 1);
  return value.every((one) => typeof one === 'string') || value.every((one) => isInputs(one, depth + 1));
}

/** A clock may be corrected by this much backwards between two runs, in milliseconds. */
const SLACK = 60_000;
/** A clock that is wrong by more than a day when a session is stored says nothing about its end. */
const MOST_SKEW = 25 * 3_600_000;

/**
 * When a session can be alive. Its own expiry is by AWS's clock; that the local clock was set back, or runs
 * behind, must not make an expired session look fresh, so it is believed no longer than it was asked for, neither by
 * the clock nor, on the machine that stored it, by the time that has really passed. (After a reboot the uptime starts
 * again from zero: then it shows less than has passed, never more.)
 * @returns undefined for times that can't be true.
 */
export function believedOf({ stored, uptime }: StoredEntry): Believed | undefined {
  const { obtainedAt, session } = stored;
  const asked = stored.lifetimeSeconds * 1000;
  const given = session.expiresAt - obtainedAt;
  if (given <= 0 || given > asked + MOST_SKEW) return undefined;
  const lives = Math.min(asked, given);
  return {
    from: obtainedAt - SLACK,
    until: obtainedAt + lives,
    uptime: { host: uptime.host, milliseconds: uptime.milliseconds + lives },
  };
}

/** @param now milliseconds since the epoch. */
export function isBelievable(entry: StoredEntry, now: number, up: Uptime): boolean {
  const believed = believedOf(entry);
  return believed !== undefined && isBelieved(believed, now, up);
}
