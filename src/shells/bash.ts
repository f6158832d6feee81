import type { HookableShell } from './shell';
import { posix, printPosix } from './posix';
import { posixHook } from './posix-hook';

/** bash 3.2 (macOS) and newer, also with `set -o posix`. */
export const bash: HookableShell = {
  ...posix,
  print: printPosix,
  init: (program, grammar) =>
    posixHook(
      {
        name: 'bash',
        builtin: '\\builtin ',
        // A name behind `function` is not looked up among the aliases.
        define: 'function ',
        before: [],
        enter: [],
        local: ['\\builtin local __tsawsume_code'],
        forget: [],
        quietly: (commands) => `{ ${commands}; } 2>/dev/null`,
      },
      program,
      grammar,
    ),
};
