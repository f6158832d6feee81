/**
 * The line grammar of AWS's ini dialect: what a header, a property, a continuation and a comment are. The reader
 * beside it and whatever edits these files must agree on every line, so the rules stand here and nowhere else.
 * A line is given without its `\n`; a `\r` at its end is white space like any other.
 */

/** Why a line can't be used: never with the line's own text, which may hold a secret. */
export interface Flaw {
  readonly message: string;
  readonly hint: string;
}

export interface Header {
  /** What stands between the brackets, trimmed: `profile x`, `default`. */
  readonly text: string;
  /** The header opens its section, but the section can't be used. */
  readonly flaw?: Flaw;
}

export type BodyLine =
  | { readonly kind: 'blank' }
  /** `indent`: how far in it stands; a line that stands further in continues its value. */
  | { readonly kind: 'property'; readonly key: string; readonly value: string; readonly indent: number }
  | { readonly kind: 'continuation'; readonly text: string }
  | { readonly kind: 'junk'; readonly flaw: Flaw };

const UNCLOSED: Flaw = {
  message: 'a section header without its closing bracket',
  hint: 'end the header with ]',
};
const AFTER_HEADER: Flaw = {
  message: 'text behind a section header',
  hint: 'move the text to a line of its own, or make it a comment with #',
};
const NO_EQUALS: Flaw = {
  message: 'a line that is no setting: it has no =',
  hint: 'write it as key = value, or make it a comment with #',
};
const NO_KEY: Flaw = {
  message: 'a line with nothing before the =',
  hint: 'write it as key = value, or make it a comment with #',
};
const NOT_UTF8: Flaw = { message: 'bytes that are not UTF-8', hint: 'save the file as UTF-8' };

/** What a decoder puts where bytes were no UTF-8. In a comment it harms nobody. */
const REPLACED = '\uFFFD';

/**
 * The header a line is, if it is one. An indented header is accepted; an indented line that is only *like* one is
 * left to the value it continues. At the margin nothing but a header can begin with `[`: a broken one still opens
 * a section, so that its settings never count for the section above.
 */
export function readHeader(line: string): Header | undefined {
  const trimmed = line.trim();
  if (!trimmed.startsWith('[')) return undefined;
  // Nearly every header ends at its only bracket, and ten thousand regular expressions would be felt.
  if (trimmed.indexOf(']') === trimmed.length - 1) return header(trimmed.slice(1, -1));
  // The first ] with nothing but a comment behind it: `[profile x] # see [1]` is x.
  const closed = /^\[(.*?)\]\s*(?:[#;].*)?$/s.exec(trimmed)?.[1];
  if (closed !== undefined) return header(closed);
  if (!line.startsWith('[')) return undefined;
  const bracket = trimmed.lastIndexOf(']');
  if (bracket !== -1) return header(trimmed.slice(1, bracket), AFTER_HEADER);
  return header(withoutComment(trimmed.slice(1)), UNCLOSED);
}

function header(between: string, found?: Flaw): Header {
  const text = between.trim();
  const flaw = found ?? (text.includes(REPLACED) ? NOT_UTF8 : undefined);
  return flaw === undefined ? { text } : { text, flaw };
}

/** The line up to its comment: `#` or `;` at the start or after white space. `value;x` holds none. */
export function withoutComment(line: string): string {
  // Hardly a line has any, and to look costs less than V8's beginning with an expression (0.1 ms a file).
  if (!line.includes('#') && !line.includes(';')) return line;
  const comment = /(?:^|\s)[#;]/.exec(line);
  return comment === null ? line : line.slice(0, comment.index);
}

/**
 * A line of a section's body, which is never a header.
 * @param owner the indent of the property above, whose value a line further in continues (as Python's configparser,
 *   so that a whole file that stands indented reads as it looks).
 */
export function readBodyLine(line: string, owner?: number): BodyLine {
  const bare = withoutComment(line).trimEnd();
  const text = bare.trimStart();
  if (text === '') return { kind: 'blank' };
  if (text.includes(REPLACED)) return { kind: 'junk', flaw: NOT_UTF8 };
  const indent = bare.length - text.length;
  if (owner !== undefined && indent > owner) return { kind: 'continuation', text };
  const pair = readPair(text);
  return 'flaw' in pair ? { kind: 'junk', flaw: pair.flaw } : { kind: 'property', ...pair, indent };
}

/** `key = value`: the key in lower case, the value all behind the first `=`; quotes are literal. */
export function readPair(text: string): { key: string; value: string } | { flaw: Flaw } {
  const equals = text.indexOf('=');
  if (equals === -1) return { flaw: NO_EQUALS };
  const key = text.slice(0, equals).trim().toLowerCase();
  return key === '' ? { flaw: NO_KEY } : { key, value: text.slice(equals + 1).trim() };
}
