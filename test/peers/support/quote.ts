/** One word of a POSIX shell. */
export const quotePosix = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
