import { badProfile, usage, type TsawsumeError } from '../errors';
import { roleNameOf } from './arn';
import { describeOrigin, type RoleArn, type Sourced } from './names';

/**
 * A session name from a name that may hold anything: AWS's alphabet `[\w+=,.@-]`, 2 to 64 characters (STS, AssumeRole,
 * RoleSessionName). It is what CloudTrail shows, so it stays as near to the profile's name as it can.
 * @param byRole the profile has no name of its own, so the role's serves.
 */
export function sessionNameFrom(role: Sourced<RoleArn>, profile: string, byRole: boolean): Sourced {
  const clean = (byRole ? roleNameOf(role.value) : profile).replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
  return {
    value: clean.length < 2 ? `tsawsume-${clean}` : clean,
    from: byRole ? "the role's name" : "the profile's name",
  };
}

/** STS, AssumeRole, RoleSessionName; SourceIdentity has the same alphabet. */
export const isSessionName = (text: string): boolean => /^[\w+=,.@-]{2,64}$/.test(text);

/** Throws `usage` for a flag and `profile` for a file's line that AWS would refuse. */
export function checkedSessionName(name: Sourced | undefined): Sourced | undefined {
  if (name === undefined || isSessionName(name.value)) return name;
  throw refusedValue('the session name', name, 'use 2 to 64 letters, digits or any of _+=,.@-');
}

export function checkedExternalId(id: Sourced | undefined): Sourced | undefined {
  if (id === undefined || /^[\w+=,.@:/-]{2,1224}$/.test(id.value)) return id;
  throw refusedValue('the external id', id, 'use 2 to 1224 letters, digits or any of _+=,.@:/-');
}

/** STS, AssumeRole, SourceIdentity. */
export function checkedSourceIdentity(name: string | undefined): string | undefined {
  if (name === undefined || isSessionName(name)) return name;
  throw usage(
    '--source-identity has characters AWS refuses',
    'use 2 to 64 letters, digits or any of _+=,.@-',
  );
}

function refusedValue(what: string, value: Sourced, hint: string): TsawsumeError {
  const message = `${what} is not one that AWS takes (${describeOrigin(value.from)})`;
  return typeof value.from === 'string' && value.from.startsWith('--')
    ? usage(message, hint)
    : badProfile(message, hint);
}
