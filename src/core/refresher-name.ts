import { checksum } from './checksum';

type Env = Readonly<Record<string, string | undefined>>;

const PREFIX = 'autotsawsume-';
const shortHash = (text: string): string => checksum(text).slice(0, 8);

/**
 * The profile that keeps an identity fresh. Every SDK reads these characters in a header without quotes; a name with
 * others, and a session that flags made another than the profile's plain one, carry a hash: no two share a name.
 * @param wishes what the flags say of the session, as words.
 */
export function refresherName(profile: string, wishes: readonly string[]): string {
  const base = baseOf(profile);
  return wishes.length === 0 ? base : `${base}-${shortHash(wishes.join('\0'))}`;
}

function baseOf(profile: string): string {
  const clean = profile.replace(/[^\w@+.:/-]/g, '-');
  return clean === profile ? `${PREFIX}${clean}` : `${PREFIX}${clean}-${shortHash(profile)}`;
}

/** Whether it keeps that profile fresh, whatever the flags. */
export function isRefresherOf(name: string, profile: string): boolean {
  const base = baseOf(profile);
  return name === base || (name.startsWith(`${base}-`) && /^[0-9a-f]{8}$/.test(name.slice(base.length + 1)));
}

/** The AWS_PROFILE that tsawsume itself gave this shell, with `--auto-refresh`: nobody's wish (semantics 13). */
export function ownRefresher(env: Env): string | undefined {
  const { AWS_PROFILE: name = '', TSAWSUME_PROFILE: profile = '' } = env;
  return name !== '' && profile !== '' && isRefresherOf(name, profile) ? name : undefined;
}
