import { usage } from '../errors';
import { INIT_SHELLS, shellNamed, type Grammar } from '../shells';
import type { World } from '../world';

/** `tsawsume init SHELL`: the code that hooks a shell up. */
export function init(world: World, name: string, grammar: Grammar): void {
  const shell = shellNamed(name);
  if (shell === undefined) throw usage('init does not know that shell', `it knows ${INIT_SHELLS.join(', ')}`);
  world.out.write(shell.init(world.program(), grammar));
}
