import { isProfileName } from '../core/names';
import { noteUse } from '../core/recent';
import { openStore } from '../io/session-store';

/**
 * What the short way leaves to a file of its own, since it is for the run that follows one for another profile.
 * @param home `~/.tsawsume`.
 */
export function noteUseOf(profile: string, home: string): void {
  const store = openStore({ home, now: () => Date.now(), warn: () => undefined });
  if (isProfileName(profile)) noteUse(store, profile);
}
