import { existsSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { useName } from '../core/use-name';
import { errorCode } from './error-code';

/*
 * The profiles that shells became, for the list to pick from: each is a file, whose time of writing says when it was its
 * turn. Two runs at once lose neither, and becoming the same one again only touches it, which takes less than a look at
 * who was the last. It is a convenience: where it can't be kept, nobody is told.
 */

/**
 * Puts a profile in front.
 * @param folder of the sessions; it is there, and ours alone.
 * @param now milliseconds since the epoch.
 */
export function noteUse(folder: string, profile: string, now: number): void {
  const path = `${folder}/${useName(profile)}`;
  // Asked first, since Node's first error of a missing file takes 0.2 ms.
  if (!existsSync(path)) {
    create(path, profile, now / 1000);
    return;
  }
  try {
    utimesSync(path, now / 1000, now / 1000);
  } catch {
    // Gone since, by another run's `logout`; or not to be touched, even by us.
    return;
  }
}

function create(path: string, profile: string, seconds: number): void {
  try {
    writeFileSync(path, profile, { flag: 'wx', mode: 0o600 });
    utimesSync(path, seconds, seconds);
  } catch (error) {
    // A full disk may have taken its name and nothing else; EEXIST is another run's.
    if (errorCode(error) === 'ENOSPC' || errorCode(error) === 'EDQUOT') removeEmpty(path);
  }
}

function removeEmpty(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Whoever reads them takes it for nobody's, and removes it.
  }
}
