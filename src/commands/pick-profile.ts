import { choiceLines } from '../core/choice-lines';
import { ProfileChoices } from '../core/profile-choices';
import type { World } from '../world';
import { awsFiles, type FileFlags } from './aws-files';

/**
 * Lets a person pick a profile. Undefined where there is nothing to choose: no profile that can be used, or `default`
 * alone. Throws `cancelled`.
 */
export async function pickProfile(world: World, flags: FileFlags): Promise<string | undefined> {
  const { files, settings } = await awsFiles(world, flags);
  const store = await world.store();
  const choices = new ProfileChoices(files.profiles, world.usedLast(), store.all());
  const { good } = choices.matching('');
  const [first, second] = good;
  if (first === undefined || (second === undefined && first.profile === 'default')) return undefined;
  const picker = await world.picker(settings.colors);
  return picker.pick((typed, columns) => choiceLines(choices.matching(typed), columns, world.now()));
}
