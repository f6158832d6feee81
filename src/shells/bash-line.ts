/** Within which quotes the end of a piece of a command line stands. */
export type Quote = 'none' | 'single' | 'double' | 'ansi';

/** A command line up to the cursor, as bash reads it, without anything being expanded. */
export interface BashLine {
  /** The finished words of the last command, its name first, without their quotes. */
  readonly words: readonly string[];
  /** The word at the cursor without its quotes, and as it was typed. */
  readonly current: string;
  readonly raw: string;
  readonly quote: Quote;
}

/** bash(1), QUOTING. Text that bash would expand (`$x`, `*`) stands for itself. */
export function readBashLine(line: string): BashLine {
  let words: string[] = [];
  let current = '';
  let start = 0;
  let begun = false;
  let quote: Quote = 'none';
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    const next = line.charAt(at + 1);
    if (quote !== 'none') {
      const closes = character === (quote === 'double' ? '"' : "'");
      const escapes =
        character === '\\' && (quote === 'ansi' || (quote === 'double' && /["$`\\]/.test(next)));
      if (closes) quote = 'none';
      else if (escapes) {
        current += next;
        at += 1;
      } else current += character;
    } else if (/[\s;|&()<>]/.test(character)) {
      if (begun) words.push(current);
      if (/[;|&(\n]/.test(character)) words = [];
      current = '';
      begun = false;
      start = at + 1;
    } else {
      begun = true;
      if (character === '\\') {
        current += next;
        at += 1;
      } else if (character === "'") quote = 'single';
      else if (character === '"') quote = 'double';
      else if (character === '$' && next === "'") {
        quote = 'ansi';
        at += 1;
      } else current += character;
    }
  }
  return { words, current, raw: line.slice(start), quote };
}
