import type { FileKind, ProfileSettings, Setting } from './profile-settings';
import { sourced } from './profile-settings';
import type { KeysProfile } from './profile';
import { Secret } from './secret';
import type { Session } from './session';

const ID = 'aws_access_key_id';
const SECRET = 'aws_secret_access_key';

/** Whether either half of a key pair stands in either file. */
export const hasAnyKey = (settings: ProfileSettings): boolean => settings.has(ID, SECRET);

/**
 * Where the pair is looked for: the AWS CLI takes keys of the credentials file before `login_session` and
 * `credential_process`, and keys of the config file after them (semantics 11).
 */
export type Place = 'credentials file' | 'either file';

type KeysIdentity = Pick<KeysProfile, 'kind' | 'accessKeyId' | 'temporary'>;

/** The keys a profile holds; half a pair is a problem. Undefined: no keys there. */
export function keysIdentity(
  settings: ProfileSettings,
  place: Place,
): KeysIdentity | { kind: 'none' } | undefined {
  const found = [settings.find(ID), settings.find(SECRET)].filter((each) => each !== undefined);
  const all = found.every((each) => each.file === 'credentials');
  if (found.length === 0 || (place === 'credentials file' && !all)) return undefined;
  const pair = readPair(settings);
  return pair === undefined
    ? { kind: 'none' }
    : { kind: 'keys', accessKeyId: sourced(pair.id), temporary: pair.token !== undefined };
}

/** The keys themselves, for a profile that `keysIdentity` found good; their secrets redact themselves. */
export function keysSession(settings: ProfileSettings): Session | undefined {
  const pair = readPair(settings);
  return (
    pair && {
      accessKeyId: pair.id.value,
      secretAccessKey: new Secret(pair.secret.value),
      ...(pair.token && { sessionToken: new Secret(pair.token.value) }),
    }
  );
}

interface Pair {
  readonly id: Setting;
  readonly secret: Setting;
  readonly token?: Setting;
}

function readPair(settings: ProfileSettings): Pair | undefined {
  const id = settings.find(ID);
  const secret = settings.find(SECRET);
  if (id === undefined || secret === undefined) {
    if (id !== undefined) halfPair(settings, id, SECRET);
    if (secret !== undefined) halfPair(settings, secret, ID);
    return undefined;
  }
  const token = tokenBeside(settings, id, secret);
  for (const part of [id, secret, token]) {
    if (part !== undefined)
      settings.verified(part, isKeyText, 'copy the key anew, without spaces or line breaks');
  }
  return { id, secret, ...(token && { token }) };
}

function halfPair(settings: ProfileSettings, present: Setting, missing: string): void {
  settings.complain(
    present.from,
    `${present.key} stands without ${missing}`,
    `add ${missing} to the profile, or remove ${present.key}`,
  );
}

/**
 * The session token that belongs to the pair. One in the config file does not join keys of the credentials file,
 * unless the very same keys stand in the config file too: a stale token breaks good keys (semantics 2).
 */
function tokenBeside(settings: ProfileSettings, id: Setting, secret: Setting): Setting | undefined {
  const near = tokenIn(settings, 'credentials');
  if (near !== undefined) return near;
  const same = [id, secret].every((part) => settings.in('config', part.key)?.value === part.value);
  return same ? tokenIn(settings, 'config') : undefined;
}

/** `aws_security_token` is the old name, read where the new one does not stand (semantics 19). */
const tokenIn = (settings: ProfileSettings, file: FileKind): Setting | undefined =>
  settings.in(file, 'aws_session_token') ?? settings.in(file, 'aws_security_token');

/** Printable ASCII: keys travel in headers. No key holds a quote, so one that does was written in quotes. */
const isKeyText = (value: string): value is string => /^[\x21\x23-\x26\x28-\x7e]+$/.test(value);
