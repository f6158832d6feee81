import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { run, World } from '../support/harness';
import { PROGRAM, quoted } from '../support/program';
import { isMissing, REAL_SHELLS } from './support';

/** The other tests of the function hold a stand-in against every wish; here it is the program that is hooked up. */
let world: World;
let env: Record<string, string | undefined>;
beforeAll(async () => {
  world = await World.open();
  const bin = join(world.home.path, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'tsawsume'), `#!/bin/sh\nexec ${quoted(PROGRAM)} "$@"\n`, { mode: 0o755 });
  env = { ...world.env, PATH: `${bin}:${world.env['PATH'] ?? ''}`, LC_ALL: 'C.UTF-8' };
});
afterAll(() => world.close());

const BOURNE = `
tsawsume reader
printf '%s|' "$TSAWSUME_PROFILE" "\${AWS_SESSION_TOKEN:+token}"
tsawsume nonesuch || printf '%s|' "$?" "$TSAWSUME_PROFILE"
tsawsume exec bot -- sh -c 'echo "$TSAWSUME_PROFILE"; exit 5' || printf '%s|' "$?"
tsawsume --unset
printf '%s\\n' "\${TSAWSUME_PROFILE-nobody}"
`;
/** Becomes somebody, fails, runs a command as another, and leaves. */
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `eval "$(tsawsume init bash)"${BOURNE}`,
  zsh: `eval "$(tsawsume init zsh)"${BOURNE}`,
  sh: `eval "$(tsawsume init sh)"${BOURNE}`,
  fish: `tsawsume init fish | source
tsawsume reader
set -q AWS_SESSION_TOKEN; and printf '%s|' $TSAWSUME_PROFILE token
tsawsume nonesuch; or printf '%s|' $status $TSAWSUME_PROFILE
tsawsume exec bot -- sh -c 'echo "$TSAWSUME_PROFILE"; exit 5'; or printf '%s|' $status
tsawsume --unset
set -q TSAWSUME_PROFILE; or echo nobody
`,
  // It reads the file before it runs the script.
  nushell: `source init.nu
tsawsume reader
if 'AWS_SESSION_TOKEN' in $env { print -n $"($env.TSAWSUME_PROFILE)|token|" }
try { tsawsume nonesuch }
print -n $"($env.LAST_EXIT_CODE)|($env.TSAWSUME_PROFILE)|"
try { tsawsume exec bot -- sh -c 'echo "$TSAWSUME_PROFILE"; exit 5' } catch {|e| print -n $"($e.exit_code)|" }
tsawsume --unset
print ($env.TSAWSUME_PROFILE? | default nobody)
`,
};

for (const shell of REAL_SHELLS) {
  it.skipIf(isMissing(shell))(`${shell.name} becomes a role, stays it, and leaves it`, async () => {
    const cwd = world.home.path;
    if (shell.takes === 'nushell') {
      const init = await run(['tsawsume', 'init', 'nushell'], { env });
      writeFileSync(join(cwd, 'init.nu'), init.stdout);
    }
    writeFileSync(join(cwd, 'script'), SCRIPTS[shell.takes] ?? '');
    const { stdout, stderr } = await run([...shell.argv, 'script'], { env, cwd });
    expect(stdout, stderr).toBe('reader|token|3|reader|bot\n5|nobody\n');
    expect(stderr).toMatch(/nonesuch/);
  });
}
