import { usage } from '../errors';
import { COMPLETION_SHELLS, completionNamed } from '../shells/completions';
import type { Grammar } from '../shells';
import type { World } from '../world';

/** `tsawsume completion SHELL`: the code that has the shell complete our words. */
export function completion(world: World, name: string, grammar: Grammar): void {
  const shell = completionNamed(name);
  if (shell === undefined)
    throw usage('completion does not know that shell', `it knows ${COMPLETION_SHELLS.join(', ')}`);
  world.out.write(shell.script(['tsawsume'], grammar));
}
