import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAM } from '../support/harness';
import { quoted } from '../support/program';

/** Each would do harm, or come out as another word, if a shell read it as code or quoted it by half. */
export const NAMES = [
  'my app',
  '$(touch canary)',
  '`touch canary`',
  ';touch canary;',
  '|touch canary',
  '&touch canary',
  '>canary',
  "it's '$(touch canary)'",
  'a "quoted" word',
  'star*?',
  '{a,b}',
  'back\\slash\\',
  'colon:name',
  'a=b',
  '$HOME',
  '!!bang!',
  '~',
  '#hash',
  '%percent^',
  '(paren)',
  "r#'raw'#",
  'é日本🔑',
] as const;

/** Names that can be told apart by their first characters. */
export const NUMBERED = NAMES.map((name, index) => `p${String(index).padStart(2, '0')}${name}`);

/** A HOME with such profiles, and a `tsawsume` that completes for real and otherwise notes its words. */
export class CompletionStage {
  readonly dir = mkdtempSync(join(tmpdir(), 'tsawsume-tab-'));

  constructor(names: readonly string[]) {
    mkdirSync(join(this.dir, '.aws'));
    mkdirSync(join(this.dir, 'bin'));
    writeFileSync(
      join(this.dir, '.aws/config'),
      names.map((name) => `[profile ${name}]\nregion = eu-west-1\n`).join(''),
    );
    writeFileSync(
      join(this.dir, '.aws/credentials'),
      '[written by us]\nmanager = tsawsume\n[foreign]\naws_access_key_id = AKIA\n',
    );
    const real = quoted(PROGRAM);
    const program = join(this.dir, 'bin/tsawsume');
    writeFileSync(
      program,
      `#!/bin/sh
case $1 in
  complete) ${real} "$@"; code=$?; : > '${this.dir}/answered'; exit "$code" ;;
  completion) exec ${real} "$@" ;;
esac
for word; do printf '%s\\0' "$word"; done > '${this.dir}/args.new'
mv '${this.dir}/args.new' '${this.dir}/args'
`,
    );
    chmodSync(program, 0o755);
  }

  get env(): Record<string, string> {
    return {
      PATH: `${join(this.dir, 'bin')}:${process.env['PATH'] ?? ''}`,
      HOME: this.dir,
      XDG_CONFIG_HOME: join(this.dir, 'config'),
      ZDOTDIR: this.dir,
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm',
    };
  }

  /** What the program was called with since the last look; undefined: not yet. */
  args(): readonly string[] | undefined {
    const file = join(this.dir, 'args');
    if (!existsSync(file)) return undefined;
    const words = readFileSync(file, 'utf8').split('\0').slice(0, -1);
    rmSync(file);
    return words;
  }

  /** Whether the program was asked to complete, and has answered, since the last look. */
  answered(): boolean {
    const file = join(this.dir, 'answered');
    const there = existsSync(file);
    if (there) rmSync(file);
    return there;
  }

  get canary(): boolean {
    return existsSync(join(this.dir, 'canary'));
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
