import type { Emission } from '../core/emission';
import type { Grammar, HookableShell, Shell } from './shell';
import { goneNames, renderLines, variablesOf } from './lines';

/**
 * Nushell, "Working with strings": a raw string ends at a quote that is followed by as many `#` as it began with,
 * and nothing in it means anything. So it gets one `#` more than the longest run behind a quote in it, the quote
 * that opens it included: 0.108 takes `r#'#` for one that has ended.
 */
export function quoteNushell(text: string): string {
  const runs = `'${text}`.match(/'#*/g) ?? [];
  const hashes = '#'.repeat(runs.reduce((most, run) => Math.max(most, run.length), 1));
  return `r${hashes}'${text}'${hashes}`;
}

/** Text that a person can source or paste. */
export const nushellText: Shell = {
  render: (emission) =>
    renderLines(emission, {
      set: (name, value) => `$env.${name} = ${quoteNushell(value)}`,
      unset: (name) => `hide-env --ignore-errors ${name}`,
    }),
};

/** By itself for the short way, which has no use for the function. */
export const renderNushell = (emission: Emission): string =>
  emission.changes.length === 0
    ? ''
    : jsonLine({ unset: goneNames(emission), set: Object.fromEntries(variablesOf(emission)) });

/**
 * Nushell has no eval, so what the function gets is data: one JSON object a line, with `unset` (a list), `set`
 * (a record) or `print` (a string). Such texts can be joined, as code can.
 */
export const nushell: HookableShell = {
  render: renderNushell,
  print: (text) => (text === '' ? '' : jsonLine({ print: text })),
  init: hook,
};

/** U+0085 and U+2028 end no line in JSON, but a reader of lines might think they do. */
const jsonLine = (value: unknown): string =>
  `${JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;

const list = (words: readonly string[]): string => `[${words.map(quoteNushell).join(' ')}]`;

/**
 * `string` keeps a code such as 012345 from being read as a number. A failing program raises Nushell's own error
 * for it at the `let`, before anything was changed, and `$env.LAST_EXIT_CODE` is the program's. Only as the last
 * expression of the function does a program keep the terminal, or the pipe, for its stdout.
 */
function hook(program: readonly string[], grammar: Grammar): string {
  const [command = 'tsawsume', ...first] = program;
  const run = `run-external ${[command, ...first].map(quoteNushell).join(' ')} ...$args`;
  return `# Become an AWS role in this shell.
def --env --wrapped tsawsume [...args: string] {
  let input = $in
  mut plain = false
  mut verb = false
  mut value = false
  for word in $args {
    if $value {
      $value = false
    } else if $word == '--' {
      break
    } else if ($word | split row --number 2 '=' | first) in ${list(grammar.plainFlags)} {
      $plain = true
      break
    } else if $word in ${list(grammar.valueFlags)} {
      $value = true
    } else if not $verb and not ($word | str starts-with '-') {
      $verb = true
      if $word in ${list(grammar.plainVerbs)} {
        $plain = true
        break
      }
    }
  }
  if $plain {
    if $input == null { ${run} } else { $input | ${run} }
  } else {
    let code = with-env { TSAWSUME_SHELL: nushell } {
      if $input == null { ${run} } else { $input | ${run} }
    }
    for line in ($code | default '' | lines) {
      let step = $line | from json
      if 'unset' in $step { hide-env --ignore-errors ...$step.unset }
      if 'set' in $step { load-env $step.set }
      if 'print' in $step { print --no-newline $step.print }
    }
  }
}
`;
}
