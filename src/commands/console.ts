import { consoleSeconds, destination, federatedName, loginLink, signinEndpoint } from '../core/console';
import { firstRegionOf, partitionOf, partitionOfRegion } from '../core/arn';
import { makePlan } from '../core/make-plan';
import { knowledgeOf } from '../core/at-hand';
import { StsRefusal } from '../core/ports';
import type { SessionFlags } from '../core/request';
import { isTemporary, type Session } from '../core/session';
import { refused, usage } from '../errors';
import type { World } from '../world';
import { answer } from './answer';
import { refusing } from './caller';
import { become, prepare, type Become } from './session';

export interface ConsoleFlags extends SessionFlags {
  readonly service?: string;
  /** Nothing is opened. */
  readonly print?: boolean;
}

/** `tsawsume console PROFILE`: the web console as that identity, in the browser, or as a link on stdout. */
export async function openConsole(
  world: World,
  named: string | undefined,
  flags: ConsoleFlags,
): Promise<void> {
  await refuseUserSession(world, named, flags);
  // A wrong service is told before anybody is asked for a code.
  destination('aws', 'us-east-1', flags.service);
  const became = await become(world, named, flags);
  const { plan, identity } = became;
  const arn = became.chain.roles.at(-1)?.roleArn.value ?? identity.session.principalArn;
  const partition = arn === undefined ? partitionOfRegion(plan.target.region.value) : partitionOf(arn);
  const wished = identity.region ?? plan.target.region.value;
  const region = partitionOfRegion(wished) === partition ? wished : firstRegionOf(partition);

  const arriveAt = destination(partition, region, flags.service);
  const endpoint = overriddenEndpoint(world) ?? signinEndpoint(partition, region);
  const session = await federable(world, became);
  const token = await signinToken(world, became, { endpoint, session });
  const link = loginLink(endpoint, token, arriveAt);
  if (flags.print !== true && (await world.openBrowser(link))) {
    world.people.say(`the console of "${identity.profile}" opens in your browser`);
    return;
  }
  if (flags.print !== true)
    world.people.say('there is no browser to open here; this link is good for 15 minutes:');
  answer(world, `${link}\n`);
}

/** A user's own session can't sign in, which is told before it costs anybody a code. */
async function refuseUserSession(
  world: World,
  named: string | undefined,
  flags: SessionFlags,
): Promise<void> {
  const { files, request, chain } = await prepare(world, named, flags, 'may ask');
  const plan = makePlan(files.profiles, chain, request, knowledgeOf(chain, request, await world.store()));
  if (plan.steps.at(-1)?.kind !== 'get-session-token') return;
  throw usage(
    `profile "${plan.profile}" is a user's own session, and AWS's console takes only a role's or a federated one`,
    'name a role profile with this one as its source; or a profile with these keys and no mfa_serial',
  );
}

/** TSAWSUME_SIGNIN_ENDPOINT: the sandbox, or another stand-in. Keys go there, so never in the clear over a network. */
function overriddenEndpoint({ env }: World): string | undefined {
  const text = env['TSAWSUME_SIGNIN_ENDPOINT'] ?? '';
  if (text === '') return undefined;
  if (URL.canParse(text)) {
    const { protocol, hostname } = new URL(text);
    const here = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
    if (protocol === 'https:' || (protocol === 'http:' && here)) return text;
  }
  throw usage(
    'TSAWSUME_SIGNIN_ENDPOINT is no https URL',
    'unset it, or write https://… (http:// for 127.0.0.1)',
  );
}

const ADMINISTRATOR = 'iam::aws:policy/AdministratorAccess';

/** What the console takes: a role's session as it is; long-lived keys only by GetFederationToken. */
async function federable(world: World, { identity, plan }: Become): Promise<Session> {
  const { session, profile } = identity;
  if (isTemporary(session)) return session;
  const sts = await world.sts();
  const partition = partitionOfRegion(plan.target.region.value);
  // The policy only bounds it: the session may do what the user may, and nothing more.
  const wish = {
    name: federatedName(profile),
    policyArn: `arn:${partition}:${ADMINISTRATOR}`,
    seconds: 43_200,
  };
  return refusing(`GetFederationToken for profile "${profile}"`, () =>
    sts.getFederationToken(session, plan.target, wish),
  );
}

interface Wish {
  readonly endpoint: string;
  readonly session: Session;
}

/**
 * The wish for a duration is the first thing to be given up when it is refused; only then do the secrets go into a
 * URL, for an endpoint that takes no POST.
 */
async function signinToken(
  world: World,
  { plan, identity }: Become,
  { endpoint, session }: Wish,
): Promise<string> {
  const signin = await world.signin();
  const seconds = consoleSeconds(plan);
  const tries = [
    ...(seconds === undefined ? [] : [{ seconds, way: 'POST' } as const]),
    { seconds: undefined, way: 'POST' } as const,
    { seconds: undefined, way: 'GET' } as const,
  ];
  let last: StsRefusal | undefined;
  for (const each of tries) {
    try {
      return await signin.signinToken({ endpoint, session, target: plan.target, ...each });
    } catch (error) {
      if (!(error instanceof StsRefusal)) throw error;
      last = error;
      if (!error.code.startsWith('Http4')) break;
    }
  }
  const { host } = new URL(endpoint);
  throw refused(
    `the console sign-in at ${host} failed for profile "${identity.profile}": ${last?.text ?? ''} (${last?.code ?? ''})`,
    last?.code === 'NetworkError'
      ? 'look at the network and the proxy'
      : 'if the session was revoked or is another’s, get a new one: --refresh; a user’s own session can’t sign in, a role’s can',
    { cause: last },
  );
}
