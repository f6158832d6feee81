import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emission } from '../../src/core/emission';
import { type HookableShell, shellNamed } from '../../src/shells/index';
import { GRAMMAR, type Ran, type RealShell, runIn } from './support';

export const SECRET = "s3cret $(touch canary) it's";

/**
 * Stands for the program: notes what it was called with, and does what stands in WISH. `code` prints what
 * sets and unsets, `text` prints text as the program would wrap it, `fail` prints code and still fails.
 */
const FAKE = `#!/bin/sh
for word; do printf '%s\\0' "$word"; done > "$NOTES/args"
printf '%s' "\${TSAWSUME_SHELL-none}" > "$NOTES/shell"
{ printf '%s' "\${TSAWSUME_SHELL-none}"; for word; do printf '\\0%s' "$word"; done; echo; } >> "$NOTES/calls"
case $WISH in
  code) cat "$NOTES/code" ;;
  text) cat "$NOTES/text" ;;
  fail) cat "$NOTES/code"; echo refused >&2; exit 3 ;;
  stdin) cat > "$NOTES/stdin"; cat "$NOTES/code" ;;
  plain) echo "plain out"; echo "plain err" >&2; exit 7 ;;
  killed) kill -9 $$ ;;
  nothing) ;;
esac
`;

const CHANGES = emission([
  { op: 'unset', name: 'AWS_OLD' },
  { op: 'unset', name: 'AWS_NEVER_SET' },
  { op: 'set', name: 'AWS_NEW', value: SECRET },
]);
/** Words, and whether they are for the plain program. */
export const CALLS: readonly (readonly ['plain' | 'code', ...string[]])[] = [
  ['plain', 'list'],
  ['plain', '-r', 'list'],
  ['plain', '--region', 'list', 'list'],
  ['plain', '--region=x', 'list'],
  ['plain', 'role', '--help'],
  ['plain', 'role', '--list-profiles=more'],
  ['plain', '-t', 'a=b', '--who'],
  ['code'],
  ['code', ''],
  ['code', 'role', 'list'],
  ['code', 'assume', 'list'],
  ['code', '--region', 'list'],
  ['code', '--region', '--help'],
  ['code', 'role', '--region', '--help'],
  ['code', '--mfa-token'],
  ['code', 'role', '--mfa-token'],
  ['code', '--', 'list'],
  ['code', 'role', '--', '--help'],
  ['code', 'lis*'],
  ['code', '*', '?'],
  ['code', '!', '('],
  ['code', '--helpful'],
];

/** What the program is to see of CALLS, and a script that makes them, one a line. */
export const expectedCalls = (shell: string): string[][] =>
  CALLS.map(([kind, ...words]) => [kind === 'plain' ? 'none' : shell, ...words]);
export const callsScript = (quote: (word: string) => string): string =>
  CALLS.map(([, ...words]) => `tsawsume ${words.map(quote).join(' ')}\n`).join('');

export const TEXT = "it's 100% \\n text\nof two lines\n";

/** A folder with the fake program on its PATH and the shell's init code in the file `init`. */
export class Stage {
  readonly dir = mkdtempSync(join(tmpdir(), 'tsawsume-hook-'));
  private readonly hook: HookableShell;

  constructor(private readonly shell: RealShell) {
    const hook = shellNamed(shell.takes);
    if (hook === undefined) throw new Error(`no ${shell.takes}`);
    this.hook = hook;
    mkdirSync(join(this.dir, 'bin'));
    writeFileSync(join(this.dir, 'bin', 'tsawsume'), FAKE);
    chmodSync(join(this.dir, 'bin', 'tsawsume'), 0o755);
    this.write('init', hook.init(['tsawsume'], GRAMMAR));
    this.write('code', hook.render(CHANGES));
    this.write('text', hook.print(TEXT) + hook.render(CHANGES));
  }

  run(wish: string, script: string, more: { args?: readonly string[]; input?: string } = {}): Ran {
    for (const note of ['args', 'calls']) rmSync(join(this.dir, note), { force: true });
    this.write('script', script);
    return runIn(this.shell, {
      script: 'script',
      cwd: this.dir,
      path: join(this.dir, 'bin'),
      env: { WISH: wish, NOTES: this.dir, AWS_OLD: 'old' },
      ...more,
    });
  }

  /** The fake, started by two words that must be quoted. */
  useOddProgram(): void {
    const odd = join(this.dir, "o'dd $(touch canary)");
    writeFileSync(odd, 'exec tsawsume "$@"\n');
    this.write('init', this.hook.init(['/bin/sh', odd], GRAMMAR));
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.dir, name), text);
  }
  read(name: string): string {
    const file = join(this.dir, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }
  /** The words that the program got; undefined when it was not run. */
  args(): readonly string[] | undefined {
    return existsSync(join(this.dir, 'args')) ? this.read('args').split('\0').slice(0, -1) : undefined;
  }
  /** Each call of the last run: the value of TSAWSUME_SHELL, then the words. */
  calls(): string[][] {
    return this.read('calls')
      .split('\n')
      .slice(0, -1)
      .map((call) => call.split('\0'));
  }
  get canary(): boolean {
    return existsSync(join(this.dir, 'canary'));
  }
  remove(): void {
    rmSync(this.dir, { recursive: true });
  }
}
