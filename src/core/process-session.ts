import { refused } from '../errors';
import { parseInstant } from './instant';
import { Secret } from './secret';
import type { Session } from './session';

/**
 * The session that a `credential_process` printed: `{"Version": 1, "AccessKeyId", "SecretAccessKey"}` and, where there
 * are any, `SessionToken` and `Expiration` (SDKs and Tools Reference Guide, "Process credential provider").
 *
 * @param now milliseconds since the epoch, UTC.
 * @throws refused when it is anything else, or has expired. What was printed is never in the message.
 */
export function sessionFromProcess(output: string, now: number): Session {
  const fields = parse(output);
  if (fields['Version'] !== 1) throw wrong('its Version is not 1');
  const sessionToken = optional(fields, 'SessionToken');
  const expiration = optional(fields, 'Expiration');
  const session = {
    accessKeyId: required(fields, 'AccessKeyId'),
    secretAccessKey: new Secret(required(fields, 'SecretAccessKey')),
    ...(sessionToken !== undefined && { sessionToken: new Secret(sessionToken) }),
  };
  if (expiration === undefined) return session;
  const expiresAt = parseInstant(expiration);
  if (expiresAt === undefined) throw wrong('its Expiration is no ISO 8601 time with a zone');
  if (expiresAt <= now) throw refused('the credentials it gave have expired', 'renew the login that it uses');
  return { ...session, expiresAt };
}

function parse(output: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(output.replace(/^\ufeff/, ''));
  } catch {
    // The parser's own message quotes what it read.
    throw wrong('it is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong('it is no JSON object');
  return { ...value };
}

function required(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = optional(fields, name);
  if (value === undefined) throw wrong(`it has no ${name}`);
  return value;
}

function optional(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw wrong(`its ${name} is no text`);
  return value;
}

const wrong = (what: string) =>
  refused(`its output can't be used: ${what}`, 'run it by hand: it has to print one JSON object, Version 1');
