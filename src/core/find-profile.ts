import { editDistance, nearest } from './nearest';
import type { ProfileName } from './names';

/** How a name that no profile has was understood. */
export type Nearness = 'case' | 'beginning' | 'letters' | 'spelling';

export type Found =
  | { readonly kind: 'exact'; readonly name: ProfileName }
  | { readonly kind: 'near'; readonly name: ProfileName; readonly how: Nearness }
  /** Several are equally near, or none is near enough; `suggestions` are at most three. */
  | { readonly kind: 'unclear' | 'unknown'; readonly suggestions: readonly ProfileName[] };

/** Says how a name was understood: completes "taking X for Y: …". */
export const NEARNESS: Readonly<Record<Nearness, string>> = {
  case: 'the same but for upper and lower case',
  beginning: 'the only profile that begins so',
  letters: 'the only profile with these letters in this order',
  spelling: 'the only profile spelled nearly so',
};

/**
 * Finds the profile that a person means by a name (`fuzzy-match`): itself, or the only one that is near by the first
 * rule that has any. Several by one rule are nobody: a later rule, which is laxer, never chooses between them.
 */
export function findProfile(wanted: string, names: readonly ProfileName[]): Found {
  const exact = names.find((name) => name === wanted);
  if (exact !== undefined) return { kind: 'exact', name: exact };
  const low = wanted.toLowerCase();
  const rules: readonly (readonly [Nearness, (name: string) => boolean])[] = [
    ['case', (name) => name === low],
    ['beginning', (name) => low !== '' && name.startsWith(low)],
    ['letters', (name) => hasLetters(name, low)],
    ['spelling', (name) => isSpelledLike(name, low)],
  ];
  for (const [how, holds] of rules) {
    const near = names.filter((name) => holds(name.toLowerCase()));
    const [only, another] = near;
    if (only === undefined) continue;
    if (another === undefined) return { kind: 'near', name: only, how };
    return { kind: 'unclear', suggestions: [...near].sort().slice(0, 3) };
  }
  return { kind: 'unknown', suggestions: nearest(wanted, names) };
}

/** Fewer letters say too little to be sure of. */
const FEWEST_LETTERS = 3;

/**
 * `pad` for `prod-admin`: all letters in order, the first one at the beginning of a word, and at least a quarter of
 * the name: in a long name nearly every short word can be found.
 */
function hasLetters(name: string, letters: string): boolean {
  if (letters.length < FEWEST_LETTERS || letters.length * 4 < name.length) return false;
  const starts = [...name.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu)].map(({ index }) => index);
  return starts.some((start) => isSubsequence(letters, name.slice(start)));
}

function isSubsequence(letters: string, text: string): boolean {
  let at = 0;
  for (const letter of letters) {
    const found = text.indexOf(letter, at);
    if (found < 0 || (at === 0 && found > 0)) return false;
    at = found + letter.length;
  }
  return true;
}

/**
 * A slip of the fingers, word by word: one in a word of four letters and more, two from eight on. Short words and
 * digits must be the same: `prod-eu` is no misspelling of `prod-us`, nor `app1` of `app2`.
 */
function isSpelledLike(name: string, wanted: string): boolean {
  const [words, theirs] = [wordsOf(wanted), wordsOf(name)];
  return words.length === theirs.length && words.every((word, index) => isSlipOf(word, theirs[index] ?? ''));
}

const wordsOf = (text: string): readonly string[] => text.split(/[^\p{L}\p{N}]+/u);

function isSlipOf(a: string, b: string): boolean {
  if (a === b) return true;
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || digitsOf(a) !== digitsOf(b)) return false;
  const limit = shorter < 8 ? 1 : 2;
  return editDistance(a, b, limit) <= limit;
}

const digitsOf = (text: string): string => text.replace(/\P{N}/gu, '');
