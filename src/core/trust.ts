import { accountOf, roleNameOf } from './arn';

/** Who asks: as STS names them. */
export interface Caller {
  readonly account: string;
  /** A user, or an assumed role (`arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`). */
  readonly arn: string;
}

/** A role's word for a caller: by what it lets them in, and what it wants besides. */
export interface Trust {
  readonly names: 'you' | 'account' | 'everyone';
  readonly mfa: boolean;
  /** The external ids that it takes; undefined: it asks for none. */
  readonly externalIds: readonly string[] | undefined;
  /** Other conditions, by their keys: whether they hold is not known here. */
  readonly conditions: readonly string[];
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
/** Policies write a list of one as the thing itself. */
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const texts = (value: unknown): readonly string[] => list(value).filter((item) => typeof item === 'string');

/**
 * Whether a trust policy lets the caller assume its role, and how (IAM User Guide, "Policy evaluation logic" and
 * "AWS JSON policy elements: Principal"). Undefined: it does not name them, or it denies. Of several statements, the
 * one that wants the least. A session or permission policy may still refuse: that is not in here.
 */
export function trustOf(document: unknown, caller: Caller): Trust | undefined {
  const statements = list(field(document, 'Statement')).filter(aboutAssumeRole);
  const naming = statements.flatMap((statement) => {
    const names = namedBy(field(statement, 'Principal'), caller);
    return names === undefined ? [] : [{ statement, names }];
  });
  const denied = naming.some(
    ({ statement }) =>
      field(statement, 'Effect') === 'Deny' && conditionsOf(field(statement, 'Condition')).length === 0,
  );
  if (denied) return undefined;
  const allowed = naming
    .filter(({ statement }) => field(statement, 'Effect') === 'Allow')
    .map(({ statement, names }) => ({ names, ...wishesOf(field(statement, 'Condition')) }));
  return allowed.sort((one, other) => demands(one) - demands(other))[0];
}

const demands = ({ mfa, externalIds, conditions }: Trust): number =>
  (mfa ? 1 : 0) + (externalIds === undefined ? 0 : 1) + conditions.length * 4;

/** Action patterns: `*` any run of characters, `?` any one, in any case. */
function aboutAssumeRole(statement: unknown): boolean {
  return texts(field(statement, 'Action')).some((action) => {
    const pattern = action
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${pattern}$`, 'i').test('sts:AssumeRole');
  });
}

function namedBy(principal: unknown, caller: Caller): Trust['names'] | undefined {
  const names = principal === '*' ? ['*'] : texts(field(principal, 'AWS'));
  if (names.some((name) => isCaller(name, caller))) return 'you';
  const { account } = caller;
  if (names.some((name) => name === account || (name.endsWith(':root') && accountOf(name) === account)))
    return 'account';
  return names.includes('*') ? 'everyone' : undefined;
}

/** A role is named by its own ARN, which may have a path that its sessions' ARNs leave out. */
function isCaller(name: string, { arn }: Caller): boolean {
  if (name === arn) return true;
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  const role = /^arn:([^:]+):iam::(\d{12}):role\//.exec(name);
  if (session === null || role === null) return false;
  return session[1] === role[1] && session[2] === role[2] && session[3] === roleNameOf(name);
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

function conditionsOf(block: unknown): readonly Condition[] {
  if (typeof block !== 'object' || block === null) return [];
  return Object.entries(block).flatMap(([operator, keys]: [string, unknown]) =>
    typeof keys === 'object' && keys !== null
      ? Object.entries(keys).map(([key, value]: [string, unknown]) => ({
          operator: operator.toLowerCase(),
          key,
          values: texts(typeof value === 'boolean' ? String(value) : value),
        }))
      : [],
  );
}

function wishesOf(block: unknown): Omit<Trust, 'names'> {
  let mfa = false;
  let externalIds: readonly string[] | undefined;
  const conditions: string[] = [];
  for (const { operator, key, values } of conditionsOf(block)) {
    const name = key.toLowerCase();
    const wantsMfa = name === 'aws:multifactorauthpresent' && values.includes('true');
    // Only who gave a code has an age of it.
    if (operator.startsWith('bool') && wantsMfa) mfa = true;
    else if (operator.startsWith('numericlessthan') && name === 'aws:multifactorauthage') mfa = true;
    else if (/^string(equals|like)/.test(operator) && name === 'sts:externalid') externalIds = values;
    else conditions.push(key);
  }
  return { mfa, externalIds, conditions };
}
