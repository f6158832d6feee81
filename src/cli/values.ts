/** The value of a short flag: awsume's parser takes `-o=NAME` for `-oNAME`, and no value of ours begins with `=`. */
export const word = (value: string): string => value.replace(/^=/, '');

/** A flag that may stand more than once. */
export const append = (value: string, earlier: readonly string[] | undefined): readonly string[] => [
  ...(earlier ?? []),
  word(value),
];

/**
 * A list between commas. An empty one stays as an empty word, which whoever reads it refuses: of a variable that is not
 * set, no policy must come that limits nothing.
 */
export function collect(value: string, earlier: readonly string[] | undefined): readonly string[] {
  const parts = value.split(',').filter((part) => part !== '');
  return [...(earlier ?? []), ...(parts.length === 0 ? [''] : parts)];
}

type Flags = Readonly<Record<string, unknown>>;

/** The lists that stand on both sides of a verb, added up; of anything else the flag behind the verb counts. */
export function joinedLists(before: Flags, behind: Flags): Readonly<Record<string, readonly unknown[]>> {
  const lists = Object.entries(behind).flatMap(([name, value]): [string, readonly unknown[]][] => {
    const earlier = before[name];
    return isList(value) && isList(earlier) ? [[name, [...earlier, ...value]]] : [];
  });
  return Object.fromEntries(lists);
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
