import { atHand, begin, type Obtained } from '../core/at-hand';
import { resolveChain, type Chain } from '../core/chain';
import { underHome } from '../core/home-path';
import type { Identity } from '../core/identity';
import { meantProfile } from '../core/lookup';
import { makeRequest, type Request, type SessionFlags } from '../core/request';
import type { Session } from '../core/session';
import type { Settings } from '../core/settings';
import { describeExpiry } from '../core/time';
import { usage } from '../errors';
import type { AwsFiles, World } from '../world';
import { awsFiles } from './aws-files';
import { expiryLine } from './expiry-line';
import type * as FetchSession from './fetch-session';
import { tellChain, tellTaken } from './tell';

/** What a verb that makes a session starts from: nothing of it needs the network. */
export interface Prepared {
  readonly files: AwsFiles;
  readonly settings: Settings;
  readonly request: Request;
  readonly chain: Chain;
  /** The keys of `--json`. */
  readonly given: Session | undefined;
}

/**
 * Files, settings, wishes, chain. Throws `usage` and `profile`.
 * @param asking whether STS may be asked for the account of a `--role-arn` that is a mere name.
 */
export async function prepare(
  world: World,
  named: string | undefined,
  asWritten: SessionFlags,
  asking: 'may ask' | 'never asks' = 'never asks',
): Promise<Prepared> {
  const { files, settings } = await awsFiles(world, asWritten);
  const given = await givenKeys(world, asWritten);
  const fuzzy = settings.fuzzyMatch === true;
  const tell = (line: string): void => world.people.warn(line);
  let flags = asWritten;
  if (flags.roleArn !== undefined) {
    const { withWholeRole } = await import('./whole-role');
    flags = await withWholeRole(world, { files, settings, named, asking, given }, flags);
  }
  const request = makeRequest(named, flags, world.env, settings, {
    meant: (name) => meantProfile(files.profiles, name, fuzzy, tell),
    machine: world.hostname(),
    user: () => world.userName(),
    policy: policyText(world, flags.sessionPolicy),
    given,
  });
  const chain = resolveChain(files.profiles, request.profile, request.role, request.given);
  tellChain(world, chain);
  return { files, settings, request, chain, given };
}

function policyText(
  world: World,
  policy: string | undefined,
): { readonly text: string; readonly where: string } | undefined {
  if (policy === undefined) return undefined;
  if (!policy.startsWith('@')) return { text: policy, where: '--session-policy' };
  const path = underHome(policy.slice(1), world.home);
  return { text: world.readText(path), where: path };
}

/** `--json`, `-` for stdin. */
async function givenKeys(world: World, flags: SessionFlags): Promise<Session | undefined> {
  if (typeof flags.json !== 'string') return undefined;
  const { keysFromJson } = await import('../core/given-keys');
  if (flags.json !== '-') return keysFromJson(flags.json, world.now());
  if ((flags.mfaToken ?? world.env['TSAWSUME_MFA_TOKEN']) === '-')
    throw usage('--json and --mfa-token both want stdin', 'give one of them another way');
  return keysFromJson(await world.readStdin(), world.now());
}

/** An identity at hand, and how it was come by. */
export interface Become extends Obtained {
  readonly identity: Identity;
  readonly settings: Settings;
  readonly chain: Chain;
  readonly request: Request;
}

/** Where MFA codes come from: the flag, a command, a person; or nowhere, when nobody is to be troubled. */
export type Codes = 'any' | 'none';

/** The main job: from a profile's name to a session. */
export async function become(
  world: World,
  named: string | undefined,
  flags: SessionFlags,
  from: { readonly codes: Codes } = { codes: 'any' },
): Promise<Become> {
  return becomePrepared(world, await prepare(world, named, flags, 'may ask'), flags, from);
}

/** The same, for a verb that has looked at what it starts from. */
export async function becomePrepared(
  world: World,
  prepared: Prepared,
  flags: SessionFlags,
  from: { readonly codes: Codes } = { codes: 'any' },
): Promise<Become> {
  const { files, request, chain } = prepared;
  const begun = begin(files.profiles, chain, request, {
    store: await world.store(),
    now: () => world.now(),
    debug: (line) => world.people.debug(line),
  });
  const obtained = atHand(begun) ?? (await fetched(world, prepared, begun, flags, from.codes));
  tellTaken(world, obtained);
  const isNew = obtained.taken.some(({ how }) => how === 'fetched');
  for (const note of obtained.plan.notes) {
    if (isNew) world.people.warn(note);
    else world.people.info(note);
  }
  tellShortLife(world, request, obtained.session);
  const { plan, session } = obtained;
  return {
    ...obtained,
    settings: prepared.settings,
    chain,
    request,
    identity: { profile: plan.profile, session, region: plan.region?.value },
  };
}

/** What fetches is a file of its own: nearly every run finds its session stored. */
async function fetched(...run: Parameters<typeof FetchSession.fetchSession>): Promise<Obtained> {
  const { fetchSession } = await import('./fetch-session');
  return fetchSession(...run);
}

function tellShortLife(world: World, request: Request, { expiresAt }: Session): void {
  if (expiresAt === undefined || expiresAt > world.now() + request.minTtlSeconds * 1000) return;
  world.people.warn(
    `this session lives shorter than --min-ttl asks: it ends at ${describeExpiry(expiresAt, world.now(), world.aheadOfUtc(expiresAt))}`,
  );
}

/** The lines that say how long it lasts: one of the user's session when it took part, one of the role. */
export function tellExpiry(world: World, { taken, identity }: Become): void {
  for (const { step, session } of taken) {
    const { expiresAt } = session;
    if (expiresAt === undefined || step.kind === 'root') continue;
    const ofUser = step.kind === 'get-session-token';
    if (ofUser || step.profile === identity.profile)
      world.people.say(expiryLine(ofUser, identity.profile, expiresAt, world));
  }
}
