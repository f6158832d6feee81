import type { Shell } from './shell';
import { renderLines } from './lines';

/**
 * POSIX XCU 2.2.2: between single quotes every byte stands for itself, and only a single quote ends them. So one
 * rule serves bash, zsh, dash, ksh and mksh in every locale: no multi-byte encoding has 0x27 as a trailing byte.
 */
export const quotePosix = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What `eval "$(tsawsume PROFILE)"` takes without the function, and with it in every shell of Bourne's line. */
export const posix: Shell = {
  render: (emission) =>
    renderLines(emission, {
      set: (name, value) => `export ${name}=${quotePosix(value)}`,
      unset: (name) => `unset ${name}`,
    }),
};

/** `NAME='value'`: for a shell that shall know the variables without passing them on. */
export const envNoExport: Shell = {
  render: (emission) =>
    renderLines(emission, {
      set: (name, value) => `${name}=${quotePosix(value)}`,
      unset: (name) => `unset ${name}`,
    }),
};

/** `command` passes over a user's function or alias called printf; a NUL can only be had from the format. */
export function printPosix(text: string): string {
  if (text === '') return '';
  const parts = text.split('\0');
  const format = parts.map(() => '%s').join(String.raw`\000`);
  return `\\command printf '${format}' ${parts.map(quotePosix).join(' ')}\n`;
}
