/**
 * What a terminal obeys rather than shows: C0, DEL and C1 control characters, the line separators that only some
 * programs know, and the marks, embeddings and isolates that make text read in another order than it is written
 * (the "Trojan Source" characters).
 */
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Text from outside (a profile name, an ARN, what STS said) as a person may see it on one line: what a terminal would
 * obey is spelled out, `\x1b` or `\u202e`. For people only: it can't be read back.
 */
export function printable(text: string): string {
  // Nearly every line: V8 makes less of this expression than of the other one.
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(OBEYED, (character) => {
    const code = character.charCodeAt(0);
    const hex = code.toString(16);
    return code <= 0xff ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
}
