import type { World } from '../world';
import type { Become } from './session';

/**
 * After a plain line: how its session was come by, for the short way. What notes it is a file of its own, since a run
 * that fetched has nothing to note.
 */
export async function noteStored(world: World, named: string | undefined, became: Become): Promise<void> {
  if (named === undefined || became.taken.some(({ how }) => how !== 'stored')) return;
  const { noteShortWay } = await import('./note-short-way');
  noteShortWay(world, named, became);
}
