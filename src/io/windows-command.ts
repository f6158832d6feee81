import { existsSync } from 'node:fs';
import { win32 } from 'node:path';
import type { Environment } from '../world';

export interface WindowsCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** The arguments are quoted already. */
  readonly verbatim: boolean;
}

/**
 * How to start a command on Windows as its shells would: with the endings of PATHEXT tried in the folders of PATH, and
 * a `.cmd` or `.bat` (npm, az, gcloud…) by `cmd.exe`, the only program that can run one.
 *
 * @param exists whether a file is there; for tests.
 */
export function windowsCommand(
  command: string,
  args: readonly string[],
  env: Environment,
  exists: (path: string) => boolean = existsSync,
): WindowsCommand {
  const found = find(command, env, exists) ?? command;
  if (!/\.(?:cmd|bat)$/i.test(found)) return { command: found, args, verbatim: false };
  const line = [
    escapeForCmd(win32.normalize(found)),
    ...args.map((arg) => escapeForCmd(quoteForC(arg), 2)),
  ].join(' ');
  return {
    command: variable(env, 'ComSpec') ?? 'cmd.exe',
    args: ['/d', '/s', '/c', `"${line}"`],
    verbatim: true,
  };
}

function find(command: string, env: Environment, exists: (path: string) => boolean): string | undefined {
  const extensions = (variable(env, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD')
    .split(';')
    .filter((each) => each !== '');
  const endings = win32.extname(command) === '' ? extensions : ['', ...extensions];
  const folders = /[\\/:]/.test(command)
    ? ['']
    : (variable(env, 'Path') ?? '').split(';').filter((each) => each !== '');
  for (const folder of folders) {
    for (const ending of endings) {
      const path = (folder === '' ? command : win32.join(folder, command)) + ending;
      if (exists(path)) return path;
    }
  }
  return undefined;
}

/** Names of variables have no case on Windows; a copy of the environment has forgotten that. */
function variable(env: Environment, name: string): string | undefined {
  const key = Object.keys(env).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : env[key];
}

/** Microsoft's C run time: backslashes before a quotation mark are doubled, the mark itself is escaped. */
const quoteForC = (arg: string): string => `"${arg.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;

/** What means something to cmd.exe; a batch file reads its arguments a second time, so they are escaped twice. */
function escapeForCmd(text: string, times = 1): string {
  const once = text.replace(/[()[\]%!^"`<>&|;, *?]/g, '^$&');
  return times === 1 ? once : escapeForCmd(once, times - 1);
}
