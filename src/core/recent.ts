import type { ProfileName } from './names';
import type { SessionStore } from './ports';

const FACT = 'profiles used last';
const KEPT = 50;

/** The profiles that shells became, the latest first. Some may be gone from the files since. */
export function recentProfiles(store: Pick<SessionStore, 'recall'>): readonly string[] {
  const names = store.recall(FACT)?.['names'];
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

/** Puts a profile in front of them. It is a convenience: where it can't be kept, nobody is told. */
export function noteUse(store: SessionStore, profile: ProfileName): void {
  const earlier = recentProfiles(store);
  // Nearly always it is the same one again, and then nothing is written.
  if (earlier[0] === profile) return;
  const others = earlier.filter((name) => name !== profile);
  store.remember(FACT, { names: [profile, ...others].slice(0, KEPT) }, 'silently');
}
