/** awsume's spellings of several letters behind one dash, and ours. */
const OURS: Readonly<Record<string, string>> = {
  '-cl': '--console-link',
  '-cs': '--console-service',
  '-cls': '--console-link-service',
};

export const AWSUME_CONSOLE_PLAIN: readonly string[] = Object.keys(OURS);

/**
 * The command line with awsume's console flags spelt out: `-cl` would be read as `-c -l`. A word that is another
 * flag's value stays, and so does all that follows `--` or a verb, which has flags of its own.
 * @param takesValue whether that flag takes the next word. @param isVerb whether that word is a verb's name.
 */
export function spellOut(
  argv: readonly string[],
  takesValue: (flag: string) => boolean,
  isVerb: (word: string) => boolean,
): readonly string[] {
  const words: string[] = [];
  let isProfileNext = true;
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (word === '--' || (isProfileNext && isVerb(word))) return [...words, ...argv.slice(index)];
    const spelt = (Object.hasOwn(OURS, word) ? OURS[word] : undefined) ?? word;
    words.push(spelt);
    if (!word.startsWith('-')) isProfileNext = false;
    else if (takesValue(spelt) && index + 1 < argv.length) words.push(argv[(index += 1)] ?? '');
  }
  return words;
}
