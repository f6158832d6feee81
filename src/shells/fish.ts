import type { Emission } from '../core/emission';
import type { Grammar, HookableShell } from './shell';
import { goneNames, renderLines, variablesOf } from './lines';

/** fish, "Quotes": between single quotes only `\'` and `\\` mean something else than themselves. */
export const quoteFish = (text: string): string => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;

const words = (list: readonly string[]): string => list.map(quoteFish).join(' ');

/** By itself for the short way, which has no use for the function. */
export function renderFish(emission: Emission): string {
  const scopes = scopesToClear(emission);
  return renderLines(emission, {
    set: (name, value) => `set -gx ${name} ${quoteFish(value)}`,
    // `set -e` answers 4 when there was nothing to erase; `or true` keeps that from being the function's status.
    unset: (name) => `set ${scopes(name)} ${name}; or true`,
  });
}

/** fish 3.6 and newer. */
export const fish: HookableShell = {
  render: renderFish,
  print: (text) => {
    if (text === '') return '';
    const parts = text.split('\0');
    return `builtin printf '${parts.map(() => '%s').join(String.raw`\000`)}' ${words(parts)}\n`;
  },
  init: hook,
};

/**
 * A universal variable outlives the shell, so it is erased only when it would outvote the new identity: when this
 * emission makes somebody of the shell, and no global of the same name covers it.
 */
function scopesToClear(emission: Emission): (name: string) => string {
  const covered = variablesOf(emission);
  const gone =
    covered.size > 0 ? new Set(goneNames(emission).filter((name) => !covered.has(name))) : new Set();
  return (name) => (gone.has(name) ? '-egU' : '-eg');
}

/**
 * fish cannot alias a builtin, but a function may stand in its place: `builtin` and `command` pass over those. A
 * local, empty `fish_trace` stops tracing for the function alone. In a command substitution the program would not
 * see what is piped into the function; before `read` it does.
 */
function hook(program: readonly string[], grammar: Grammar): string {
  return `function __tsawsume_plain
    set -l fish_trace
    set -l verb
    while set -q argv[1]
        set -l flag (builtin string replace -r '(?s)=.*$' '' -- $argv[1])
        if builtin test $argv[1] = --
            return 1
        else if builtin contains -- "$flag" ${words(grammar.plainFlags)}
            return 0
        else if builtin contains -- $argv[1] ${words(grammar.valueFlags)}
            set -e argv[1]
        else if builtin test -z "$verb"; and not builtin string match -q -- '-*' $argv[1]
            set verb seen
            builtin contains -- $argv[1] ${words(grammar.plainVerbs)}
            and return 0
        end
        set -e argv[1]
    end
    return 1
end
function tsawsume --description 'Become an AWS role in this shell'
    if __tsawsume_plain $argv
        command ${words(program)} $argv
        return
    end
    set -l fish_trace
    TSAWSUME_SHELL=fish command ${words(program)} $argv | builtin read -lz code
    set -l result $pipestatus[1]
    builtin test $result = 0
    or return $result
    builtin printf '%s' $code | builtin source
end
`;
}
