import { nushell, quoteNushell } from './nushell';
import type { CompletingShell, Typed } from './completion';

/** What Nushell takes for a plain word, and for nothing else. */
const BARE = /^[A-Za-z_][\w.-]*$|^--?[A-Za-z][\w-]*(=[\w.-]*)?$/;

/** A word in one of its kinds of quotes, closed or not yet, or a run of anything else. */
const PIECE =
  /r(#+)'([^]*?)(?:'\1|$)|'([^']*)(?:'|$)|`([^`]*)(?:`|$)|"((?:\\[^]|[^"\\])*)(?:"|$)|[\s|;(){}]|[^]/g;

/** The words of the last command of a line. Nothing is expanded. */
function readNushellLine(line: string): Typed {
  let words: string[] = [];
  let current = '';
  let begun = false;
  for (const [piece, , raw, single, backtick, double] of line.matchAll(PIECE)) {
    const text = raw ?? single ?? backtick ?? double?.replace(/\\([^])/g, '$1');
    if (text === undefined && /^[\s|;(){}]$/.test(piece)) {
      if (begun) words.push(current);
      if (/[|;({]/.test(piece)) words = [];
      current = '';
      begun = false;
    } else {
      current += text ?? piece;
      begun = true;
    }
  }
  return { before: words.slice(1), current };
}

/**
 * Nushell 0.108. A completer belongs to a command's declaration, so the script is the function of `init` once more,
 * with one. Nushell inserts a value as it is, and filters by what was typed, quotes included: hence `substring`.
 */
export const nushellCompletion: CompletingShell = {
  typed: ([line = '']) => readNushellLine(line),
  render(candidates, [line = '']) {
    const { current } = readNushellLine(line);
    const completions = candidates
      .filter(({ value }) => value.startsWith(current))
      .map(({ value, about }) => ({
        value: BARE.test(value) ? value : quoteNushell(value),
        ...(about === undefined ? {} : { description: about }),
      }));
    return `${JSON.stringify({ options: { sort: false, case_sensitive: true, completion_algorithm: 'substring' }, completions })}\n`;
  },
  script: (program, grammar) => `# In place of what init nushell prints: the same command, with completion.
def "nu-complete tsawsume" [context: string, position: int] {
  let line = $context | str substring ..<$position
  let reply = do { ^tsawsume complete nushell -- $line } | complete
  if $reply.exit_code == 0 { try { $reply.stdout | from json } }
}
${nushell.init(program, grammar).replace('[...args: string]', '[...args: string@"nu-complete tsawsume"]')}`,
};
