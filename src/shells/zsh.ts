import type { HookableShell } from './shell';
import { posix, printPosix } from './posix';
import { posixHook } from './posix-hook';

/** zsh 5. `emulate -L` gives the function zsh's own options, whatever the user has set, and puts theirs back. */
export const zsh: HookableShell = {
  ...posix,
  print: printPosix,
  init: (program, grammar) =>
    posixHook(
      {
        name: 'zsh',
        builtin: '\\builtin ',
        define: 'function ',
        before: [],
        enter: ['\\builtin emulate -L zsh'],
        local: ['\\builtin local __tsawsume_code'],
        forget: [],
        quietly: (commands) => `{ ${commands}; } 2>/dev/null`,
      },
      program,
      grammar,
    ),
};
