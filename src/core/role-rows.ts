import { accountOf, partitionOf } from './arn';
import type { ListedRole } from './ports';
import { trustOf, type Caller, type Trust } from './trust';

/** A role that the caller may become, and the command for it. */
export interface RoleRow {
  readonly role: ListedRole;
  readonly trust: Trust;
  readonly command: readonly string[];
}

/** The roles whose trust policies let the caller in, by name. @param source the profile that the caller is. */
export function roleRows(roles: readonly ListedRole[], caller: Caller, source: string): readonly RoleRow[] {
  return roles
    .flatMap((role) => {
      const trust = trustOf(role.trust, caller);
      return trust === undefined ? [] : [{ role, trust, command: command(role, trust, source) }];
    })
    .sort((one, other) => (one.role.arn < other.role.arn ? -1 : 1));
}

function command({ arn }: ListedRole, { externalIds }: Trust, source: string): readonly string[] {
  const partition = partitionOf(arn);
  const short = `${accountOf(arn) ?? ''}:${arn.split(':role/')[1] ?? ''}`;
  const [id] = externalIds ?? [];
  return [
    'tsawsume',
    '--role-arn',
    partition === 'aws' ? short : `${partition}:${short}`,
    '--source-profile',
    source,
    // A pattern is no id to give.
    ...(id === undefined || /[*?]/.test(id) ? [] : ['--external-id', id]),
  ];
}

/** What the role wants besides the right caller, in a few words. */
export function wantedBy({ mfa, externalIds, conditions }: Trust): string {
  const wanted = [
    ...(mfa ? ['MFA'] : []),
    ...(externalIds === undefined ? [] : ['external id']),
    ...conditions,
  ];
  return wanted.length === 0 ? '-' : wanted.join(', ');
}
