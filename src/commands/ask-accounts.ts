import type { ProfileName } from '../core/names';
import { limited } from '../core/limited';
import { StsRefusal } from '../core/ports';
import { describeRefusalOf } from '../core/refusals';
import { TsawsumeError } from '../errors';
import type { World } from '../world';
import type { FileFlags } from './aws-files';
import { become } from './session';

/** What STS said of a profile, or why it could not be asked. */
export interface AskedAccount {
  readonly account?: string;
  readonly arn?: string;
  readonly failure?: string;
}

/** Calls at once: enough to be quick with a hundred profiles, too few to be throttled. */
const AT_ONCE = 5;

/**
 * Asks STS who each profile is, side by side. Nobody is asked for a code and no `mfa_process` is run: a profile that
 * needs one says so. What one profile can't do is no failure of the others.
 */
export async function askAccounts(
  world: World,
  names: readonly ProfileName[],
  flags: FileFlags,
): Promise<ReadonlyMap<string, AskedAccount>> {
  const quiet = unattended(world);
  const asked = new Map<string, AskedAccount>();
  await limited(names, AT_ONCE, async (name) => {
    asked.set(name, await ask(quiet, name, flags));
    world.people.progress(`asked STS for ${String(asked.size)} of ${String(names.length)} profiles`);
  });
  world.people.progress('');
  return asked;
}

async function ask(world: World, name: ProfileName, flags: FileFlags): Promise<AskedAccount> {
  try {
    const { configFile, credentialsFile } = flags;
    const files = {
      ...(configFile === undefined ? {} : { configFile }),
      ...(credentialsFile === undefined ? {} : { credentialsFile }),
    };
    const { identity, plan } = await become(world, name, files, { codes: 'none' });
    const { account, arn } = await (await world.sts()).getCallerIdentity(identity.session, plan.target);
    return { account, arn };
  } catch (error) {
    if (error instanceof TsawsumeError)
      return { failure: error.kind === 'needs-person' ? 'needs an MFA code' : error.message };
    if (error instanceof StsRefusal)
      return { failure: describeRefusalOf(error, 'GetCallerIdentity').message };
    throw error;
  }
}

/** The same world, without anybody to ask, and with nobody told of every single profile. */
const unattended = (world: World): World => ({
  ...world,
  people: { ...world.people, say: () => undefined, warn: (line) => world.people.info(line) },
});
