import { emission, type Change, type Emission } from './emission';
import type { ProfileName } from './names';
import { isOurRegion } from './request';
import type { Session } from './session';
import { isoSeconds } from './time';

type Env = Readonly<Record<string, string | undefined>>;

/** What an identity is to a shell. */
export interface Identity {
  readonly profile: ProfileName;
  readonly session: Session;
  /** Absent: the user's own region stays. */
  readonly region: string | undefined;
}

/** What outvotes or contradicts a fresh identity in some SDK, tsawsume's own variables included. */
const STALE = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'TSAWSUME_PROFILE',
  'AWSUME_PROFILE',
  'AWSUME_EXPIRATION',
  'AWSUME_COMMAND',
] as const;
const STALE_PREFIXES = ['AWS_CONTAINER_CREDENTIALS_', 'AWS_CONTAINER_AUTHORIZATION_', 'AWSUME_'] as const;

/** What else of an environment does so, by the beginning of its name. */
export const staleNames = (env: Env): readonly string[] =>
  Object.keys(env).filter(
    (name) =>
      name.startsWith('AWS') &&
      STALE_PREFIXES.some((prefix) => name.startsWith(prefix)) &&
      /^[A-Z0-9_]+$/.test(name) &&
      !STALE.some((known) => known === name),
  );

const REGIONS = ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const;

/** The variables that make a shell that identity. Throws `refused` for a value that no shell can take. */
export function becoming(identity: Identity, env: Env): Emission {
  const { session, profile, region } = identity;
  const expiration = session.expiresAt === undefined ? undefined : isoSeconds(session.expiresAt);
  const wanted: readonly (readonly [string, string | undefined])[] = [
    ['AWS_ACCESS_KEY_ID', session.accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', session.secretAccessKey.reveal()],
    ['AWS_SESSION_TOKEN', session.sessionToken?.reveal()],
    ['AWS_REGION', region],
    ['AWS_DEFAULT_REGION', region],
    ['AWS_CREDENTIAL_EXPIRATION', expiration],
    ['TSAWSUME_PROFILE', profile],
    ['AWSUME_PROFILE', profile],
    ['AWSUME_EXPIRATION', expiration],
  ];
  return changing(wanted, env);
}

/** What a profile that renews itself is to a shell. */
export interface Refresher {
  /** The profile that was asked for, and the one that keeps it fresh. */
  readonly profile: ProfileName;
  readonly managed: string;
  readonly region: string | undefined;
}

/** The shell names a profile and holds no keys: whoever reads AWS's files has them renewed when they end. */
export const refreshing = ({ profile, managed, region }: Refresher, env: Env): Emission =>
  changing(
    [
      ['AWS_PROFILE', managed],
      ['AWS_REGION', region],
      ['AWS_DEFAULT_REGION', region],
      ['TSAWSUME_PROFILE', profile],
      ['AWSUME_PROFILE', profile],
    ],
    env,
  );

/** What is wanted, and nothing stale beside it. */
function changing(wanted: readonly (readonly [string, string | undefined])[], env: Env): Emission {
  const names: string[] = [];
  const set: Change[] = [];
  for (const [name, value] of wanted) {
    if (value === undefined) continue;
    names.push(name);
    set.push({ op: 'set', name, value });
  }
  return emission([...cleared(env, names), ...set]);
}

/** Back to nobody: clears what tsawsume sets and what would stand in for it. */
export const leaving = (env: Env): Emission => emission(cleared(env, []));

/**
 * A region that the user exported is theirs to keep; one that an earlier tsawsume set is not (semantics 20).
 * @param but what is to be set anyway.
 */
function cleared(env: Env, but: readonly string[]): Change[] {
  const own = REGIONS.some((name) => (env[name] ?? '') !== '') && !isOurRegion(env);
  const names = [...STALE, ...(own ? [] : REGIONS), ...staleNames(env)];
  return names.filter((name) => !but.includes(name)).map((name): Change => ({ op: 'unset', name }));
}

/** The same as the environment of a child. What steers tsawsume itself is not handed down. */
export function environmentOf(identity: Identity, env: Env): Env {
  const child: Record<string, string | undefined> = { ...env };
  for (const change of becoming(identity, env).changes) {
    if (change.op === 'set') child[change.name] = change.value;
    else Reflect.deleteProperty(child, change.name);
  }
  for (const name of ['TSAWSUME_SHELL', 'TSAWSUME_MFA_TOKEN', 'TSAWSUME_WITHIN'])
    Reflect.deleteProperty(child, name);
  return child;
}
