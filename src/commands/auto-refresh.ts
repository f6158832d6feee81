import { refreshing } from '../core/identity';
import { refresherValues } from '../core/managed';
import { refresherCommand, wishesOf } from '../core/refresher-command';
import { refresherName } from '../core/refresher-name';
import { parseDuration } from '../core/time';
import { quoted } from '../core/words';
import { usage } from '../errors';
import type { World } from '../world';
import type { AssumeFlags } from './assume';
import { changeShell, refuseBareTerminal } from './change-shell';
import { chosenProfile, noteChoice } from './choose-profile';
import { becomePrepared, prepare, tellExpiry, type Become } from './session';

/** SDKs ask for new keys up to 15 minutes before the old ones end (botocore); then they must get new ones. Seconds. */
const EARLIEST_REFRESH = 900;

/**
 * `tsawsume PROFILE --auto-refresh`: a profile in the config file whose `credential_process` is this tsawsume, and
 * AWS_PROFILE set to it. The sessions behind it are fetched and stored now, while there is a person to ask.
 */
export async function autoRefresh(
  world: World,
  named: string | undefined,
  flags: AssumeFlags,
): Promise<void> {
  const show = flags.showCommands === true;
  if (flags.json !== undefined)
    throw usage(
      '--auto-refresh has nothing to renew the credentials of --json with: they do not go together',
      'leave --auto-refresh out, or name a profile that has keys',
    );
  refuseBareTerminal(world, show);
  const prepared = await prepare(world, await chosenProfile(world, named, flags), flags, 'may ask');
  const { request, chain } = prepared;
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : world.absolutePath(path);
  const wishes = wishesOf(request, {
    config: absolute(flags.configFile),
    credentials: absolute(flags.credentialsFile),
  });
  const name = refresherName(chain.asked.name, wishes);
  // Where SDKs look, whatever our flags and settings say: they know nothing of these.
  const managed = await world.managedProfiles({ config: undefined, credentials: undefined });
  managed.check('config', name);
  const became = await becomePrepared(world, prepared, flags);
  const rules = world.platform === 'win32' ? 'windows' : 'posix';
  const minTtl = flags.minTtl === undefined ? leastLife(world, became) : parseDuration(flags.minTtl);
  const command = refresherCommand(world.programAnywhere(), request, wishes, minTtl, rules);
  const { profile, region } = became.identity;
  const changes = refreshing({ profile, managed: name, region }, world.env);
  await managed.put('config', name, refresherValues(command, region));
  changeShell(world, changes, show);
  world.people.say(
    `${quoted(profile)} renews itself here, as the profile ${quoted(name)}; tsawsume -k ends that`,
  );
  noteChoice(world, became, flags);
  tellExpiry(world, became);
}

/** A session that lives no longer than SDKs are early would be fetched anew each time it is asked for. */
function leastLife(world: World, { session: { expiresAt } }: Become): number | undefined {
  const left = expiresAt === undefined ? 0 : (expiresAt - world.now()) / 1000;
  return left > 2 * EARLIEST_REFRESH ? EARLIEST_REFRESH : undefined;
}
