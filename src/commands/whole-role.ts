import { accountInFiles, type Account } from '../core/account';
import { isRoleName } from '../core/arn';
import { resolveChain } from '../core/chain';
import { recallAccount, rememberAccount } from '../core/facts';
import { meantProfile } from '../core/lookup';
import { makePlan } from '../core/make-plan';
import type { ProfileName } from '../core/names';
import { makeRequest, signingProfile, type SessionFlags } from '../core/request';
import type { Settings } from '../core/settings';
import { refused } from '../errors';
import type { World } from '../world';
import { callerOf } from './caller';
import { rootSession, type Roots } from './root-session';

interface Sources extends Roots {
  readonly settings: Settings;
  readonly named: string | undefined;
  readonly asking: 'may ask' | 'never asks';
}

/**
 * The flags with a `--role-arn` that has its account: a mere name is a role of the source's own. The files often say
 * which that is, earlier runs may have learned it, and else STS is asked once, signed by the source's keys.
 */
export async function withWholeRole(
  world: World,
  sources: Sources,
  flags: SessionFlags,
): Promise<SessionFlags> {
  const name = flags.roleArn;
  if (name === undefined || !isRoleName(name)) return flags;
  const wished = signingProfile(sources.named, flags, world.env);
  const fuzzy = sources.settings.fuzzyMatch === true && isNamed(sources, flags);
  // Which profile was taken is said where it is taken for good.
  const source = meantProfile(sources.files.profiles, wished, fuzzy, () => undefined);
  const { account, partition } =
    (sources.given === undefined ? accountInFiles(sources.files.profiles, source) : undefined) ??
    (await askedAccount(world, sources, flags, source));
  return { ...flags, roleArn: `${partition}:${account}:${name}` };
}

const isNamed = ({ named }: Sources, flags: SessionFlags): boolean =>
  (flags.sourceProfile ?? named) !== undefined;

async function askedAccount(
  world: World,
  sources: Sources,
  flags: SessionFlags,
  source: ProfileName,
): Promise<Account> {
  const { files, settings, asking, given } = sources;
  const { profiles } = files;
  const wishes: SessionFlags = flags.region === undefined ? {} : { region: flags.region };
  const facts = { machine: world.hostname(), user: () => world.userName(), policy: undefined, given };
  const named = given === undefined || isNamed(sources, flags) ? source : undefined;
  const request = makeRequest(named, wishes, world.env, settings, { ...facts, meant: (name) => name });
  const chain = resolveChain(profiles, request.profile, undefined, request.given);
  const plan = makePlan(profiles, chain, request, { longestOf: () => undefined });
  const [first] = plan.steps;
  const store = await world.store();
  const keyId =
    given?.accessKeyId ??
    (first.kind === 'root' && first.root.by === 'keys' ? first.root.accessKeyId.value : undefined);
  const known = keyId === undefined ? undefined : recallAccount(store, keyId);
  if (known !== undefined) return known;
  if (asking === 'never asks' || first.kind !== 'root') {
    throw refused(
      `the account of profile "${source}" is in no file: a run would ask STS for it (GetCallerIdentity, signed by its keys)`,
      `name it, and nobody is asked: --role-arn ACCOUNT:${flags.roleArn ?? ''}`,
    );
  }
  const keys = await rootSession(world, sources, first);
  const caller = await callerOf(world, keys, plan.target, `profile "${source}"`);
  rememberAccount(store, keys.accessKeyId, caller);
  return caller;
}
