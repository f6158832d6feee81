import type { Emission } from '../core/emission';
import { usage } from '../errors';
import { formatNamed } from '../shells';
import { posix } from '../shells/posix';
import type { World } from '../world';
import { capturingShell } from './answer';

/**
 * Refuses early, before anybody is asked for a code: at a bare terminal the commands would be shown, secrets and all,
 * and change nothing.
 */
export function refuseBareTerminal(world: World, show: boolean): void {
  if (show || !world.out.isTerminal || capturingShell(world) !== undefined) return;
  throw usage(
    'this shell is not hooked up, so nothing would change in it (and secrets are not shown)',
    `put this line into ~/.bashrc: eval "$(tsawsume init bash)" (other shells: tsawsume init --help); --show-commands shows the commands`,
  );
}

/**
 * Hands the changes to the shell: to its function, or to an `eval "$(tsawsume …)"`.
 * @param show the function prints the commands, too: they are its code once more, as text.
 * @returns what was written.
 */
export function changeShell(world: World, emission: Emission, show: boolean): string {
  const text = codeFor(world, emission, show);
  world.out.write(text);
  return text;
}

function codeFor(world: World, emission: Emission, show: boolean): string {
  const shell = capturingShell(world);
  if (shell === undefined) return posix.render(emission);
  const readable = formatNamed(world.env['TSAWSUME_SHELL'] ?? '') ?? posix;
  return shell.render(emission) + (show ? shell.print(readable.render(emission)) : '');
}
