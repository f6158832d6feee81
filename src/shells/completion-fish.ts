import { lastIsCurrent, tabbed, type CompletingShell } from './completion';

/** fish 3.6 and newer, which chooses and quotes by itself. */
export const fishCompletion: CompletingShell = {
  typed: lastIsCurrent,
  render: tabbed,
  script: () => `# fish completion for tsawsume
function __tsawsume_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l reply (command tsawsume complete fish -- $words[2..-1] "$current" 2>/dev/null)
    if test "$reply" = \\tfiles
        __fish_complete_path "$current"
    else
        printf '%s\\n' $reply
    end
end
complete -c tsawsume -f -k -a '(__tsawsume_complete)'
`,
};
