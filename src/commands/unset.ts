import { leaving } from '../core/identity';
import type { World } from '../world';
import { changeShell, refuseBareTerminal } from './change-shell';

/** `tsawsume --unset`: back to nobody. */
export function unset(world: World, flags: { readonly showCommands?: boolean }): void {
  const show = flags.showCommands === true;
  refuseBareTerminal(world, show);
  changeShell(world, leaving(world.env), show);
}
