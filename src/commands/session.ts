import { resolveChain, type Chain } from '../core/chain';
import type { ExecutePorts } from '../core/execute';
import type { Identity } from '../core/identity';
import { meantProfile } from '../core/lookup';
import { MfaCodes } from '../core/mfa';
import { obtain, type Obtained } from '../core/obtain';
import { makeRequest, type Request, type SessionFlags } from '../core/request';
import type { Session } from '../core/session';
import { describeExpiry } from '../core/time';
import type { AwsFiles, World } from '../world';
import { awsFiles } from './aws-files';
import { rootSession } from './root-session';
import { withWholeRole } from './whole-role';

/** What a verb that makes a session starts from: nothing of it needs the network. */
export interface Prepared {
  readonly files: AwsFiles;
  readonly request: Request;
  readonly chain: Chain;
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
  const flags = await withWholeRole(world, { files, settings, named, asking }, asWritten);
  const policy = flags.sessionPolicy;
  const wish = makeRequest(named, flags, world.env, settings, {
    machine: world.hostname(),
    policy: policy?.startsWith('@') === true ? world.readText(policy.slice(1)) : policy,
  });
  // Only what was typed may stand for another: AWS_PROFILE and `default` say exactly whom they mean.
  const typed = named ?? (flags.roleArn === undefined ? undefined : flags.sourceProfile);
  const fuzzy = typed !== undefined && settings.fuzzyMatch === true;
  const meant = meantProfile(files.profiles, wish.profile, fuzzy, (line) => world.people.warn(line));
  const request = { ...wish, profile: meant };
  return { files, request, chain: resolveChain(files.profiles, request.profile, request.role) };
}

/** An identity at hand, and how it was come by. */
export interface Become extends Obtained {
  readonly identity: Identity;
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
  { codes }: { readonly codes: Codes } = { codes: 'any' },
): Promise<Become> {
  const { files, request, chain } = await prepare(world, named, flags, 'may ask');
  const given = codes === 'none' ? undefined : await givenCode(world, flags);
  const obtained = await obtain(files.profiles, chain, request, portsOf(world, files, given, codes));
  const fetched = obtained.taken.some(({ how }) => how === 'fetched');
  for (const note of obtained.plan.notes) {
    if (fetched) world.people.warn(note);
    else world.people.info(note);
  }
  tellShortLife(world, request, obtained.session);
  const { plan, session } = obtained;
  return {
    ...obtained,
    chain,
    request,
    identity: { profile: plan.profile, session, region: plan.region?.value },
  };
}

/** `--mfa-token`, `-` for stdin, or TSAWSUME_MFA_TOKEN. */
async function givenCode(world: World, flags: SessionFlags): Promise<string | undefined> {
  const given = flags.mfaToken ?? (world.env['TSAWSUME_MFA_TOKEN'] || undefined);
  return given === '-' ? (await world.readStdin()).trim() : given;
}

function portsOf(world: World, files: AwsFiles, given: string | undefined, codes: Codes): ExecutePorts {
  const { people } = world;
  const store = world.store();
  const say = (line: string): void => people.warn(line);
  const shared = { store, now: () => world.now(), sleep: (ms: number) => world.sleep(ms), say };
  return {
    ...shared,
    locks: world.locks(),
    sts: () => world.sts(),
    iam: () => world.iam(),
    codes: new MfaCodes({
      ...shared,
      given,
      prompt: () => world.prompt(),
      hasTerminal: () => codes === 'any' && world.hasTerminal(),
      runProcess: codes === 'none' ? undefined : (command) => world.mfaProcess(command),
    }),
    root: (step) => rootSession(world, files, step),
    readToken: (path) => world.readText(path),
  };
}

function tellShortLife(world: World, request: Request, { expiresAt }: Session): void {
  if (expiresAt === undefined || expiresAt > world.now() + request.minTtlSeconds * 1000) return;
  world.people.warn(
    `this session lives shorter than --min-ttl asks: it ends at ${describeExpiry(expiresAt, world.now())}`,
  );
}

/** The lines that say how long it lasts: one of the user's session when it took part, one of the role. */
export function tellExpiry(world: World, { taken, identity }: Become): void {
  for (const { step, session } of taken) {
    if (session.expiresAt === undefined) continue;
    const until = describeExpiry(session.expiresAt, world.now());
    if (step.kind === 'get-session-token') world.people.say(`Session token will expire at ${until}`);
    else if (step.kind !== 'root' && step.profile === identity.profile)
      world.people.say(`[${identity.profile}] Role credentials will expire at ${until}`);
  }
}
