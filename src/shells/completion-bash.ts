import { readBashLine, type Quote } from './bash-line';
import { FILES, type CompletingShell } from './completion';

/**
 * readline replaces only a part of the word at the cursor: what stands behind the last of COMP_WORDBREAKS, or behind
 * an open quote. That part is the function's second argument; what is in front of it stays as it was typed.
 */
const keptOf = (raw: string, replaced: string): string =>
  raw.endsWith(replaced) ? raw.slice(0, raw.length - replaced.length) : '';

/** Words of characters that mean nothing to bash, each on a line. No word holds a newline. */
const PLAIN_LINES = /^[\w.,/@%+=:\n-]*$/;

/** Whether an answer's lines are the words themselves. */
export const isPlainAnswer = (lines: string): boolean => PLAIN_LINES.test(lines);

const CLOSING: Readonly<Record<Quote, string>> = { none: '', single: "'", double: '"', ansi: "'" };

/**
 * Text as it continues a word within such quotes. readline closes an open quote by itself, but where the text ends in
 * that very character it takes it for closed: then it is closed here.
 */
function continued(quote: Quote, text: string): string {
  const quoted = quoteWithin(quote, text);
  const closing = CLOSING[quote];
  return closing !== '' && quoted.endsWith(closing) ? quoted + closing : quoted;
}

function quoteWithin(quote: Quote, text: string): string {
  switch (quote) {
    case 'none':
      // bash(1), QUOTING: a backslash keeps the meaning of whatever follows it, but for a newline, which no name holds.
      return text.replace(/[^\w.,/@%+=:\u0080-\u{10ffff}-]/gu, String.raw`\$&`);
    case 'single':
      return text.replaceAll("'", String.raw`'\''`);
    case 'double':
      // History expansion takes a `!` within double quotes, and leaves a backslash in front of it there.
      return text.replace(/["$`\\]/g, String.raw`\$&`).replaceAll('!', `"'!'"`);
    case 'ansi':
      return text.replace(/['\\]/g, String.raw`\$&`);
  }
}

/** bash 3.2 and newer. Arguments: the part that readline will replace, and the line up to the cursor. */
export const bashCompletion: CompletingShell = {
  typed([, line = '']) {
    const { words, current } = readBashLine(line);
    // Assignments may stand before the command's name.
    const name = words.findIndex((word) => !/^\w+\+?=/.test(word));
    return { before: words.slice(name + 1), current };
  },
  render(candidates, [replaced = '', line = '']) {
    const { current, raw } = readBashLine(line);
    const kept = readBashLine(keptOf(raw, replaced));
    const rests: string[] = [];
    for (const { value } of candidates)
      if (value.startsWith(current)) rests.push(value.slice(kept.current.length));
    if (rests.length === 0) return '';
    const lines = `${rests.join('\n')}\n`;
    // One look at all of them, since one at each of ten thousand is felt.
    if (kept.quote === 'none' && isPlainAnswer(lines)) return lines;
    return rests.map((rest) => `${continued(kept.quote, rest)}\n`).join('');
  },
  script: () => `# bash completion for tsawsume
__tsawsume_complete() {
  \\builtin local IFS=$'\\n' line reply
  COMPREPLY=()
  if [ -n "\${COMP_LINE-}" ]; then
    line=\${COMP_LINE:0:\${COMP_POINT-\${#COMP_LINE}}}
  else
    line=\${COMP_WORDS[COMP_CWORD]-}
    IFS=' '
    line="\${COMP_WORDS[*]:0:COMP_CWORD} $line"
  fi
  reply=$(\\command tsawsume complete bash -- "\${2-\${COMP_WORDS[COMP_CWORD]-}}" "$line" 2>/dev/null) || \\builtin return 0
  if [ "$reply" = $'${FILES.trimEnd().replace('\t', '\\t')}' ]; then
    \\builtin compopt -o bashdefault -o default 2>/dev/null
  elif [ -n "$reply" ]; then
    while IFS= \\builtin read -r line; do
      COMPREPLY[\${#COMPREPLY[@]}]=$line
    done <<< "$reply"
  fi
  \\builtin return 0
}
\\builtin complete -F __tsawsume_complete tsawsume
`,
};
