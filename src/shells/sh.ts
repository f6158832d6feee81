import type { HookableShell } from './shell';
import { posix, printPosix } from './posix';
import { posixHook } from './posix-hook';

/** dash, ksh93, mksh, busybox: nothing beyond POSIX, which has neither `local` nor `builtin` nor `function`. */
export const sh: HookableShell = {
  ...posix,
  print: printPosix,
  init: (program, grammar) =>
    posixHook(
      {
        name: 'sh',
        builtin: '\\',
        define: '',
        // An alias of that name would be expanded where the function is to be named.
        before: ['\\unalias tsawsume 2>/dev/null || :'],
        enter: [],
        local: [],
        forget: ['\\unset __tsawsume_code'],
        // Where `set -x` finds stderr closed, mksh traces nothing from then on.
        quietly: (commands) => commands,
      },
      program,
      grammar,
    ),
};
