import { lstatSync } from 'node:fs';
import { removeName } from './cache-folder';
import { useName } from '../core/use-name';
import { privateText } from './quick-store';
import { list } from './temp-names';

/** More than that nobody looks through. */
const KEPT = 50;
const USED = /^use-[0-9a-f]{16}\.txt$/;

/**
 * The profiles that shells became, the latest first; some may be gone from AWS's files since.
 * @param folder as for `noteUse`.
 */
export function usedLast(folder: string): readonly string[] {
  const names = list(folder).filter((name) => USED.test(name));
  const uses = names.flatMap((name) => readUse(folder, name) ?? []);
  return uses
    .sort((one, other) => other.at - one.at)
    .slice(0, KEPT)
    .map(({ profile }) => profile);
}

/** Undefined for what is not a whole name, such as a file that was cut short as it was made: the next use makes it anew. */
function readUse(
  folder: string,
  name: string,
): { readonly profile: string; readonly at: number } | undefined {
  const path = `${folder}/${name}`;
  const profile = privateText(path);
  if (profile === undefined || useName(profile) !== name) {
    removeName(path);
    return undefined;
  }
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat && { profile, at: stat.mtimeMs };
}
