import {
  LONGEST_ROLE_SESSION,
  LONGEST_USER_SESSION,
  commonSettings,
  endpointSettings,
} from './common-settings';
import type { Identity } from './profile-identity';
import { askedIdentity, sourceIdentity } from './profile-identity';
import type { ProfileName } from './names';
import { isProfileName } from './names';
import type { Profile, Profiles } from './profile';
import { ProfileSettings } from './profile-settings';
import type { ConfigFile, CredentialsFile } from './section';
import type { Session } from './session';
import { keysSession } from './static-keys';

/**
 * The profiles of both files. A profile is read when it is asked for; a mistake in one leaves the others alone.
 * Nothing throws: a profile that can't be used is a value that says why, with the file and the line.
 */
export function profilesOf(config: ConfigFile, credentials: CredentialsFile): Profiles {
  let names: readonly ProfileName[] | undefined;
  const allNames = (): readonly ProfileName[] => {
    // In this order: a file that has told its names knows them all.
    const first = config.profiles.names();
    const others = credentials.profiles.names().filter((name) => !config.profiles.has(name));
    const all = others.length === 0 ? first : [...first, ...others];
    return all.every(isProfileName) ? all : all.filter(isProfileName);
  };
  return {
    // Nobody who knows the name needs them all.
    names: () => (names ??= allNames()),
    has: (name) => isProfileName(name) && (config.profiles.has(name) || credentials.profiles.has(name)),
    asked(name) {
      const settings = settingsIn(config, credentials, name);
      return (
        settings && interpret(name, settings, askedIdentity(settings, config.ssoSessions), config, settings)
      );
    },
    source: (name) => sourceIn(config, credentials, name),
    stray: (name) => config.strays().get(name) ?? credentials.strays().get(name),
    strays: () =>
      [config, credentials].flatMap((file) => [...file.strays()].map(([name, origin]) => ({ name, origin }))),
    fileProblems: () => [...config.problems(), ...credentials.problems()],
  };
}

/**
 * The static keys behind a profile that, as a source, is of kind `keys`; undefined for every other, and for one that
 * can't be used. Their secrets are wrapped, and expiry is not known to the files.
 */
export function keysOf(
  config: ConfigFile,
  credentials: CredentialsFile,
  name: ProfileName,
): Session | undefined {
  if (sourceIn(config, credentials, name)?.kind !== 'keys') return undefined;
  const settings = settingsIn(config, credentials, name);
  return settings && keysSession(settings);
}

function sourceIn(config: ConfigFile, credentials: CredentialsFile, name: ProfileName): Profile | undefined {
  const settings = settingsIn(config, credentials, name);
  // Only the asked profile says how STS is reached, so a source's mistakes in that are nobody's concern.
  const unheard = settingsIn(config, credentials, name);
  if (settings === undefined || unheard === undefined) return undefined;
  return interpret(name, settings, sourceIdentity(settings, config.ssoSessions), config, unheard);
}

function settingsIn(
  config: ConfigFile,
  credentials: CredentialsFile,
  name: ProfileName,
): ProfileSettings | undefined {
  const sections = { config: config.profiles.get(name), credentials: credentials.profiles.get(name) };
  return sections.config === undefined && sections.credentials === undefined
    ? undefined
    : new ProfileSettings(sections);
}

function interpret(
  name: ProfileName,
  settings: ProfileSettings,
  identity: Identity,
  { services }: ConfigFile,
  forEndpoint: ProfileSettings,
): Profile {
  const common = commonSettings(name, settings, longestSession(settings, identity));
  const endpoint = endpointSettings(forEndpoint, services);
  const [first, ...others] = settings.problems;
  if (first !== undefined)
    return { kind: 'broken', name, origin: settings.origin, problems: [first, ...others] };
  return { ...common, endpoint, ...identity };
}

/** Seconds; undefined where `duration_seconds` belongs to a role that is not used. */
function longestSession(settings: ProfileSettings, { kind }: Identity): number | undefined {
  if (!settings.has('role_arn')) return LONGEST_USER_SESSION;
  return kind === 'role' || kind === 'web-identity' || kind === 'none' ? LONGEST_ROLE_SESSION : undefined;
}
