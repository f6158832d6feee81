import type { World } from '../world';
import type { Done } from './note-short-way';
import type { Become } from './session';

/**
 * After a plain line: what it wrote, for the short way. What notes it is a file of its own, since a run that fetched has
 * nothing to note.
 */
export async function noteStored(
  world: World,
  named: string | undefined,
  how: Pick<Done, 'text' | 'became'>,
  became: Become,
): Promise<void> {
  if (named === undefined || became.taken.some((each) => each.how !== 'stored')) return;
  const { noteShortWay } = await import('./note-short-way');
  noteShortWay(world, { named, ...how }, became);
}
