import { usage } from '../errors';
import type { HookableShell } from '../shells/shell';
import { shellNamed } from '../shells';
import type { World } from '../world';

/** The shell whose function captured our stdout to eval it, if one did. */
export function capturingShell(world: World): HookableShell | undefined {
  const name = world.env['TSAWSUME_SHELL'] ?? '';
  if (name === '') return undefined;
  const shell = shellNamed(name);
  if (shell === undefined) {
    throw usage(
      `TSAWSUME_SHELL names no shell that tsawsume knows`,
      'hook the shell up anew: tsawsume init --help',
    );
  }
  return shell;
}

/**
 * Writes what is no code: as it is, or, where a shell function would eval it, as code that prints it.
 * @returns what was written.
 */
export function answer(world: World, text: string): string {
  const written = capturingShell(world)?.print(text) ?? text;
  world.out.write(written);
  return written;
}
