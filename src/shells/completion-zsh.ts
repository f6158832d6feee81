import { lastIsCurrent, tabbed, type CompletingShell } from './completion';

/** zsh 5. `compadd` chooses and quotes; (Q) takes quotes off and evaluates nothing. */
export const zshCompletion: CompletingShell = {
  typed: lastIsCurrent,
  render: tabbed,
  script: () => `#compdef tsawsume
# zsh completion for tsawsume
_tsawsume() {
  emulate -L zsh
  local reply line
  local -a lines values shown
  reply=$(command tsawsume complete zsh -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null) || return 1
  if [[ $reply == $'\\tfiles' ]]; then
    _files
    return
  fi
  lines=("\${(@f)reply}")
  for line in "\${(@)lines}"; do
    [[ -n $line ]] || continue
    values+=("\${line%%$'\\t'*}")
    if [[ $line == *$'\\t'* ]]; then
      shown+=("\${line/$'\\t'/  -- }")
    else
      shown+=("$line")
    fi
  done
  (( $#values )) && compadd -l -d shown -a -- values
}
if [[ "\${funcstack[1]-}" == _tsawsume ]]; then
  _tsawsume "$@"
elif (( $+functions[compdef] )); then
  compdef _tsawsume tsawsume
else
  print -ru2 -- 'tsawsume: completion needs compinit before it: autoload -Uz compinit && compinit'
fi
`,
};
