import { refused, usage, type TsawsumeError } from '../errors';
import { parseInstant } from './instant';
import { Secret } from './secret';
import type { Session } from './session';

/**
 * The credentials of `--json`, as AWS prints them: `{"Credentials": {…}}` of `aws sts …`, what a `credential_process`
 * prints, or the bare object. Throws `usage` for anything else, never with a word of what was given, and `refused`
 * when they have expired.
 * @param now milliseconds since the epoch, UTC.
 */
export function keysFromJson(text: string, now: number): Session {
  const whole = record(parse(text));
  const fields = whole?.['Credentials'] === undefined ? whole : record(whole['Credentials']);
  if (fields === undefined) throw wrong('is no JSON object');
  const version = fields['Version'];
  if (version !== undefined && version !== 1) throw wrong('has a Version that is not 1');
  const sessionToken = optional(fields, 'SessionToken');
  const expiration = optional(fields, 'Expiration');
  const session: Session = {
    accessKeyId: required(fields, 'AccessKeyId'),
    secretAccessKey: new Secret(required(fields, 'SecretAccessKey')),
    ...(sessionToken === undefined ? {} : { sessionToken: new Secret(sessionToken) }),
  };
  if (expiration === undefined) return session;
  const expiresAt = parseInstant(expiration);
  if (expiresAt === undefined) throw wrong('has an Expiration that is no ISO 8601 time with a zone');
  if (expiresAt <= now) throw refused('the credentials of --json have expired', 'get new ones');
  return { ...session, expiresAt };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // The parser's own message quotes what it read.
    throw wrong('is no JSON');
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;

function required(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = optional(fields, name);
  if (value === undefined) throw wrong(`has no ${name}`);
  return value;
}

/** Keys and tokens travel in headers: printable ASCII without blanks. */
function optional(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' || !/^[\x20-\x7e]+$/.test(value))
    throw wrong(`has a ${name} that is no text`);
  if (name !== 'Expiration' && value.includes(' ')) throw wrong(`has a ${name} with a blank in it`);
  return value;
}

const wrong = (what: string): TsawsumeError =>
  usage(
    `the credentials of --json can't be used: it ${what}`,
    "give what aws sts assume-role prints: --json - reads it from stdin, which keeps it out of the shell's history",
  );
