import type { Grammar } from './shell';
import { quotePosix } from './posix';

/** What differs between the shells of Bourne's line. */
export interface Dialect {
  /** The value of TSAWSUME_SHELL. */
  readonly name: string;
  /** Goes before a builtin, so that neither an alias nor (where the shell can say so) a function replaces it. */
  readonly builtin: string;
  /** Goes before a function's name. */
  readonly define: string;
  /** Runs before the functions are defined. */
  readonly before: readonly string[];
  /** Runs first in the function, with stderr closed. */
  readonly enter: readonly string[];
  /** Declares the function's one variable local, where there is a way to. */
  readonly local: readonly string[];
  /** Brings -x back and goes on, without a trace of going on where the shell can be kept from that. */
  quietly(commands: string): string;
  /** Forgets that variable, where it could not be local. */
  readonly forget: readonly string[];
}

/**
 * The function `tsawsume`. It keeps what it must remember in its positional parameters, which are local in every
 * shell: first the word for `set` that brings back -x and -v, then the user's own words.
 */
export function posixHook(dialect: Dialect, program: readonly string[], grammar: Grammar): string {
  const { builtin: b, define } = dialect;
  const words = program.map(quotePosix).join(' ');
  return lines([
    ...dialect.before,
    ...isPlain(dialect, grammar),
    `${define}tsawsume() {`,
    // With -x or -v the shell would show the code, and so the secrets, that is eval'ed.
    '  {',
    ...indent(4, dialect.enter),
    '    case $- in',
    `      *x*v* | *v*x*) ${b}set -- -xv "$@" ;;`,
    `      *x*) ${b}set -- -x "$@" ;;`,
    `      *v*) ${b}set -- -v "$@" ;;`,
    `      *) ${b}set -- +x "$@" ;;`,
    '    esac',
    `    ${b}set +xv`,
    '  } 2>/dev/null',
    '  if __tsawsume_plain "$@"; then',
    `    ${dialect.quietly(`${b}set "$1"; ${b}shift`)}`,
    `    \\command ${words} "$@"`,
    `    ${b}return "$?"`,
    '  fi',
    ...indent(2, dialect.local),
    // As a condition, a failure ends no shell with -e; the code counts only when the program said that all went well.
    `  if __tsawsume_code=$(${b}shift; TSAWSUME_SHELL=${quotePosix(dialect.name)} \\command ${words} "$@"); then`,
    `    ${b}eval "$__tsawsume_code"`,
    `    ${b}set -- "$1" "$?"`,
    '  else',
    `    ${b}set -- "$1" "$?"`,
    '  fi',
    ...indent(2, dialect.forget),
    `  ${dialect.quietly(`${b}set "$1"; ${b}return "$2"`)}`,
    '}',
  ]);
}

/**
 * Whether the words (behind the first, which is not the user's) are for the plain program. No variable at all:
 * the first loop looks for the verb, the second for a plain flag behind it.
 */
function isPlain({ builtin: b, define }: Dialect, grammar: Grammar): string[] {
  const always = [
    `      ${anyOf([...grammar.plainFlags, ...withValue(grammar.plainFlags)])}) ${b}return 0 ;;`,
  ];
  const flags = [
    '      --) break ;;',
    ...(grammar.plainFlags.length > 0 ? always : []),
    // A value flag at the very end has no value to pass over, and dash would die of the shift.
    ...(grammar.valueFlags.length > 0
      ? [`      ${anyOf(grammar.valueFlags)}) case $# in 1) ;; *) ${b}shift ;; esac ;;`]
      : []),
  ];
  const verbs = grammar.plainVerbs.length > 0 ? [`      ${anyOf(grammar.plainVerbs)}) ${b}return 0 ;;`] : [];
  const loop = (cases: readonly string[]): string[] => [
    '  while [ "$#" -gt 0 ]; do',
    '    case $1 in',
    ...cases,
    '    esac',
    `    ${b}shift`,
    '  done',
  ];
  return [
    `${define}__tsawsume_plain() {`,
    `  ${b}shift`,
    ...loop([...flags, '      -*) ;;', ...verbs, '      *) break ;;']),
    ...loop(flags),
    `  ${b}return 1`,
    '}',
  ];
}

const anyOf = (words: readonly string[]): string =>
  words
    .map((word) => (word.endsWith('=*') ? `${quotePosix(word.slice(0, -1))}*` : quotePosix(word)))
    .join(' | ');
const withValue = (flags: readonly string[]): string[] =>
  flags.filter((flag) => flag.startsWith('--')).map((flag) => `${flag}=*`);
const indent = (by: number, text: readonly string[]): string[] => text.map((line) => ' '.repeat(by) + line);
const lines = (text: readonly string[]): string => text.map((line) => `${line}\n`).join('');
