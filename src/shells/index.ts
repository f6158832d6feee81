import type { HookableShell, Shell } from './shell';
import { bash } from './bash';
import { windowsCmd } from './cmd';
import { dotenv } from './dotenv';
import { fish } from './fish';
import { json } from './json';
import { nushell, nushellText } from './nushell';
import { envNoExport, posix } from './posix';
import { powershell } from './powershell';
import { credentialProcess } from './process';
import { sh } from './sh';
import { zsh } from './zsh';

export type { Grammar, HookableShell, Shell } from './shell';

/** What `init` lists, in this order. */
export const INIT_SHELLS = ['bash', 'zsh', 'sh', 'fish', 'powershell', 'nushell'] as const;
export type InitShell = (typeof INIT_SHELLS)[number];

/** What `export --format` lists: the names of `aws configure export-credentials`, and ours. */
export const EXPORT_FORMATS = [
  'env',
  'env-no-export',
  'fish',
  'powershell',
  'windows-cmd',
  'nushell',
  'dotenv',
  'json',
  'process',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const hookable: Readonly<Record<InitShell, HookableShell>> = { bash, zsh, sh, fish, powershell, nushell };

const aliases: ReadonlyMap<string, InitShell> = new Map<string, InitShell>([
  ['dash', 'sh'],
  ['ksh', 'sh'],
  ['mksh', 'sh'],
  ['posix', 'sh'],
  ['pwsh', 'powershell'],
  ['nu', 'nushell'],
]);

const formats: Readonly<Record<ExportFormat, Shell>> = {
  env: posix,
  'env-no-export': envNoExport,
  fish,
  powershell,
  'windows-cmd': windowsCmd,
  nushell: nushellText,
  dotenv,
  json,
  process: credentialProcess,
};

/** The shell of `init NAME` and of TSAWSUME_SHELL, by its name or an alias of it. */
export function shellNamed(name: string): HookableShell | undefined {
  const known = aliases.get(name) ?? INIT_SHELLS.find((shell) => shell === name);
  return known === undefined ? undefined : hookable[known];
}

/** The form of `export --format NAME`. */
export function formatNamed(name: string): Shell | undefined {
  const known = EXPORT_FORMATS.find((format) => format === name);
  return known === undefined ? undefined : formats[known];
}
