import type { Emission } from '../core/emission';
import { refused } from '../errors';

/** POSIX XBD 3.231: the names that every shell can hold. */
const isPlainName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

/**
 * Whether all are, by one look at all of them: V8 makes machine code of an expression that it runs a second time, which
 * is for 30 names much more work than they are.
 */
function arePlainNames(names: readonly string[]): boolean {
  const all = names.join(' ');
  return (
    /^[A-Za-z_][A-Za-z0-9_]*(?: [A-Za-z_][A-Za-z0-9_]*)*$/.test(all) && all.split(' ').length === names.length
  );
}

export interface Verbs {
  set(name: string, value: string): string;
  /** Left out by a form that can only add. Must do no harm when the variable is not there. */
  unset?(name: string): string;
}

/**
 * One line a change. A name goes into the text unquoted, so a name with other characters is never written: an
 * environment may hold `AWSUME_$(id)`, but a shell holds no variable of that name, so there is nothing to unset.
 */
export function renderLines(emission: Emission, verbs: Verbs): string {
  let text = '';
  const allPlain = arePlainNames(emission.changes.map(({ name }) => name));
  for (const change of emission.changes) {
    const { name } = change;
    if (change.op === 'set') text += `${verbs.set(allPlain ? name : checkedName(name), change.value)}\n`;
    else if (verbs.unset !== undefined && (allPlain || isPlainName(name))) text += `${verbs.unset(name)}\n`;
  }
  return text;
}

/** The variables that are set, by name, for the forms that are data. The last one of a name wins, as in a shell. */
export function variablesOf(emission: Emission): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const change of emission.changes) {
    if (change.op === 'set') variables.set(checkedName(change.name), change.value);
    else variables.delete(change.name);
  }
  return variables;
}

/** What is to be gone, without the names that no shell holds. */
export const goneNames = (emission: Emission): string[] =>
  emission.changes.flatMap(({ op, name }) => (op === 'unset' && isPlainName(name) ? [name] : []));

function checkedName(name: string): string {
  if (isPlainName(name)) return name;
  throw refused('a variable has a name that no shell can hold', 'nothing was changed');
}
