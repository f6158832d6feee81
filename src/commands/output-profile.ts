import { becoming } from '../core/identity';
import { outputValues } from '../core/managed';
import { quoted } from '../core/words';
import { usage } from '../errors';
import type { World } from '../world';
import { capturingShell } from './answer';
import type { AssumeFlags } from './assume';
import { givenPaths } from './aws-files';
import { changeShell } from './change-shell';
import { chosenProfile, noteChoice } from './choose-profile';
import { become, tellExpiry } from './session';

/**
 * `tsawsume PROFILE --output-profile NAME`: the session is written to a profile of its own, and this shell becomes it,
 * too, as with awsume; where the shell is not hooked up, the profile alone is what was asked for.
 */
export async function outputProfile(
  world: World,
  named: string | undefined,
  name: string,
  flags: AssumeFlags,
): Promise<void> {
  if (name.trim() === '' || /[\0-\x1f\x7f]/.test(name))
    throw usage('--output-profile wants a name', 'such as: tsawsume PROFILE -o work');
  const managed = await world.managedProfiles(givenPaths(world, flags, await world.settings()));
  // Before anybody is asked for a code; and once more when it is written.
  managed.check('credentials', name);
  const became = await become(world, await chosenProfile(world, named, flags), flags);
  const changes = becoming(became.identity, world.env);
  await managed.put('credentials', name, outputValues(became.identity));
  const show = flags.showCommands === true;
  const bare = !show && world.out.isTerminal && capturingShell(world) === undefined;
  if (!bare) changeShell(world, changes, show);
  world.people.say(`wrote ${quoted(became.identity.profile)} to the profile ${quoted(name)}`);
  noteChoice(world, became, flags);
  tellExpiry(world, became);
}
