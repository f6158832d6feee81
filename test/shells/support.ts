import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import type { Grammar } from '../../src/shells/index';
import { isNotThere } from '../support/programs';

/** A shell of this machine, and how to have it run a script. */
export interface RealShell {
  readonly name: string;
  readonly argv: readonly string[];
  /** Whose text it takes. */
  readonly takes: string;
}

export const REAL_SHELLS: readonly RealShell[] = [
  { name: 'bash', argv: ['bash', '--norc'], takes: 'bash' },
  { name: 'bash -eu', argv: ['bash', '--norc', '-eu', '-o', 'pipefail'], takes: 'bash' },
  { name: 'bash --posix', argv: ['bash', '--norc', '--posix'], takes: 'bash' },
  { name: 'zsh', argv: ['zsh', '-f'], takes: 'zsh' },
  { name: 'zsh, odd options', argv: ['zsh', '-f', ...odd()], takes: 'zsh' },
  { name: 'dash', argv: ['dash'], takes: 'sh' },
  { name: 'dash -eu', argv: ['dash', '-eu'], takes: 'sh' },
  { name: 'ksh', argv: ['ksh'], takes: 'sh' },
  { name: 'mksh', argv: ['mksh'], takes: 'sh' },
  { name: 'busybox sh', argv: ['busybox', 'sh'], takes: 'sh' },
  { name: 'bash as sh', argv: ['bash', '--posix', '--norc'], takes: 'sh' },
  { name: 'fish', argv: ['fish'], takes: 'fish' },
  { name: 'nushell', argv: ['nu', '--no-config-file'], takes: 'nushell' },
];

function odd(): string[] {
  const options = 'errexit nounset ksharrays shwordsplit globsubst nullglob rcquotes noglob kshglob';
  return options.split(' ').flatMap((option) => ['-o', option]);
}

export const isMissing = ({ argv: [program = ''] }: RealShell): boolean => isNotThere(program);

export interface Ran {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly script: string;
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly path?: string;
}

/** Runs a script file in the shell, in an environment of which every variable is known. */
export function runIn(
  shell: RealShell,
  { script, args = [], cwd, env = {}, input = '', path }: RunOptions,
): Ran {
  const [program = '', ...first] = shell.argv;
  const PATH = [...(path === undefined ? [] : [path]), process.env['PATH'] ?? ''].join(delimiter);
  const { status, stdout, stderr, error } = spawnSync(program, [...first, script, ...args], {
    cwd,
    env: { PATH, HOME: cwd, XDG_CONFIG_HOME: join(cwd, 'config'), LC_ALL: 'C.UTF-8', ...env },
    input,
    maxBuffer: 1 << 26,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr: stderr.toString() };
}

/** What `env -0` printed, byte for byte: one character a byte. */
export function environmentIn(stdout: Buffer): Map<string, string> {
  const pairs = stdout.toString('latin1').split('\0');
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

export const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

/** A command line in small, with a flag of every sort. */
export const GRAMMAR: Grammar = {
  plainVerbs: ['list', 'exec', 'export', 'init'],
  plainFlags: ['-h', '--help', '--version', '-l', '--list-profiles', '--who', '--dry-run'],
  valueFlags: ['-t', '--session-tags', '--mfa-token', '--region', '--role-arn'],
};
