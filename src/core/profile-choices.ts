import { describeProfile, type ProfileRow } from './describe-profile';
import type { ProfileName } from './names';
import type { StoredSession } from './ports';
import type { Profiles } from './profile';
import { byProfile, storedUntil } from './stored-until';

/** A profile among those to choose from. */
export interface ProfileChoice extends ProfileRow {
  /** Milliseconds UTC. */
  readonly storedUntil: number | undefined;
}

/** What is shown for what was typed. */
export interface Choices {
  /** Those that can be used, in the order in which they are offered. */
  readonly good: readonly ProfileChoice[];
  readonly bad: readonly ProfileChoice[];
  /** There are others that fit. */
  readonly more: boolean;
}

/** Nobody reads further down than this: who looks for something there types a part of its name. */
const MOST = 100;

/**
 * The profiles to choose from: `default`, then those used last, then by name. Those that tsawsume wrote are left out:
 * they are a session of another profile. A profile is read when it is shown, for there may be ten thousand.
 */
export class ProfileChoices {
  readonly #names: readonly ProfileName[];
  readonly #stored: ReadonlyMap<string, readonly StoredSession[]>;
  readonly #read = new Map<ProfileName, ProfileChoice | undefined>();

  constructor(
    private readonly profiles: Profiles,
    recent: readonly string[],
    sessions: readonly StoredSession[],
  ) {
    const rank = new Map(
      ['default', ...recent.filter((name) => name !== 'default')].map((name, at) => [name, at]),
    );
    const rankOf = (name: string): number => rank.get(name) ?? Infinity;
    this.#names = [...profiles.names()].sort((one, other) =>
      rankOf(one) === rankOf(other) ? (one < other ? -1 : 1) : rankOf(one) - rankOf(other),
    );
    this.#stored = byProfile(sessions);
  }

  /**
   * Those with every typed word in the name, or else in the account or the role, whatever the case. A name that is
   * what was typed, and then those that begin so, come first: Enter takes what was typed in full.
   */
  matching(typed: string): Choices {
    const term = typed.trim().toLowerCase();
    const words = term.split(/\s+/).filter((word) => word !== '');
    const good: ProfileChoice[] = [];
    const bad: ProfileChoice[] = [];
    for (const choice of this.#inOrder(term, words)) {
      if (choice.type === 'managed') continue;
      if (good.length === MOST) return { good, bad, more: true };
      if (choice.type !== 'bad') good.push(choice);
      else if (bad.length < MOST) bad.push(choice);
    }
    return { good, bad, more: false };
  }

  /** Lazily: what is further down is not even read. */
  *#inOrder(term: string, words: readonly string[]): Generator<ProfileChoice> {
    const others: ProfileName[] = [];
    const tiers: readonly ProfileName[][] = [[], [], []];
    for (const name of this.#names) {
      const low = name.toLowerCase();
      const isNamed = words.every((word) => low.includes(word));
      if (isNamed) tiers[low === term ? 0 : low.startsWith(term) ? 1 : 2]?.push(name);
      else others.push(name);
    }
    for (const name of tiers.flat()) {
      const choice = this.#choice(name);
      if (choice !== undefined) yield choice;
    }
    for (const name of others) {
      const choice = this.#choice(name);
      if (choice === undefined) continue;
      const text = `${name} ${choice.account ?? ''} ${choice.roleArn ?? ''}`.toLowerCase();
      if (words.every((word) => text.includes(word))) yield choice;
    }
  }

  #choice(name: ProfileName): ProfileChoice | undefined {
    if (this.#read.has(name)) return this.#read.get(name);
    const row = describeProfile(this.profiles, name);
    const choice = row && { ...row, storedUntil: storedUntil(row, this.#stored) };
    this.#read.set(name, choice);
    return choice;
  }
}
