/** The names of TSAWSUME_SHELL, aliases too, whose shell takes what `posix` renders. */
const BOURNE: readonly string[] = ['bash', 'zsh', 'sh', 'dash', 'ksh', 'mksh', 'posix'];

/** Known without the shells themselves, which are many and long. */
export const isBourne = (name: string): boolean => BOURNE.includes(name);
