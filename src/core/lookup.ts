import { badProfile, type TsawsumeError } from '../errors';
import { describeOrigin, type ProfileName, type Origin } from './names';
import { findProfile, NEARNESS } from './find-profile';
import { nearest } from './nearest';
import { quoted } from './words';
import type { Profile, Profiles, UsableProfile } from './profile';

/** The profile asked for. Throws `profile` when there is none of that name, or when it can't be used. */
export function askedProfile(profiles: Profiles, name: ProfileName): UsableProfile {
  const profile = profiles.asked(name);
  if (profile === undefined) throw unknownProfile(profiles, name);
  return usable(profile);
}

/**
 * The profile that a person names on the command line.
 * @param fuzzy whether a name that no profile has may stand for the one that is near (the setting `fuzzy-match`).
 * @param tell told, in one line, which was taken when it is not the one that was named.
 * Throws `profile` when several are equally near; one that nothing is near is left to `askedProfile` to refuse.
 */
export function meantProfile(
  profiles: Profiles,
  name: ProfileName,
  fuzzy: boolean,
  tell: (line: string) => void,
): ProfileName {
  // A section of that very name that is no profile was meant, and that is what has to be said.
  if (!fuzzy || profiles.has(name) || profiles.stray(name) !== undefined) return name;
  const found = findProfile(name, profiles.names());
  switch (found.kind) {
    case 'near':
      tell(`there is no profile ${quoted(name)}; taking ${quoted(found.name)}, ${NEARNESS[found.how]}`);
      return found.name;
    case 'unclear':
      throw badProfile(
        `there is no profile ${quoted(name)}, and more than one that it may stand for`,
        `did you mean ${found.suggestions.map(quoted).join(', ')}?`,
      );
    case 'exact':
    case 'unknown':
      return name;
  }
}

/** The profile that a role names as its source; `namedAt` is the line that names it. */
export function sourceProfile(
  profiles: Profiles,
  name: ProfileName,
  by: ProfileName,
  namedAt: Origin | string,
): UsableProfile {
  const profile = profiles.source(name);
  if (profile !== undefined) return usable(profile);
  const near = nearest(name, profiles.names());
  throw badProfile(
    `profile ${quoted(by)} has source_profile ${quoted(name)}, and there is no such profile (${describeOrigin(namedAt)})`,
    strayHint(profiles, name) ??
      (near.length > 0
        ? `did you mean ${near.map(quoted).join(', ')}?`
        : 'name a profile that exists: tsawsume list'),
  );
}

function usable(profile: Profile): UsableProfile {
  if (profile.kind !== 'broken') return profile;
  const [problem] = profile.problems;
  throw badProfile(
    `profile ${quoted(profile.name)}: ${problem.message} (${describeOrigin(problem.origin)})`,
    problem.hint,
  );
}

function unknownProfile(profiles: Profiles, name: string): TsawsumeError {
  const near = nearest(name, profiles.names());
  const hint =
    strayHint(profiles, name) ??
    (near.length > 0
      ? `did you mean ${near.map(quoted).join(', ')}?`
      : 'see which there are with: tsawsume list');
  return badProfile(`there is no profile ${quoted(name)}`, hint);
}

export const howToHead = (name: string): string =>
  `in the config file write [profile ${name}], in the credentials file [${name}]`;

/** `[x]` in the config file, `[profile x]` in the credentials file: the mistake that everybody makes once. */
function strayHint(profiles: Profiles, name: string): string | undefined {
  const stray = profiles.stray(name);
  if (stray === undefined) return undefined;
  return `${describeOrigin(stray)} has a section of that name that is no profile: ${howToHead(name)}`;
}
