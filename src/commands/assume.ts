import { becoming } from '../core/identity';
import type { SessionFlags } from '../core/request';
import type { World } from '../world';
import { changeShell, refuseBareTerminal } from './change-shell';
import { chosenProfile, noteChoice } from './choose-profile';
import { noteStored } from './note-stored';
import { offerImport } from './offer-import';
import { become, tellExpiry } from './session';

export interface AssumeFlags extends SessionFlags {
  readonly showCommands?: boolean;
  readonly outputProfile?: string;
  readonly autoRefresh?: boolean;
}

/** `tsawsume PROFILE`: this shell becomes that identity. */
export async function assume(world: World, named: string | undefined, flags: AssumeFlags): Promise<void> {
  const show = flags.showCommands === true;
  refuseBareTerminal(world, show);
  const became = await become(world, await chosenProfile(world, named, flags), flags);
  const text = changeShell(world, becoming(became.identity, world.env), show);
  noteChoice(world, became, flags);
  tellExpiry(world, became);
  await offerImport(world, became.settings);
  if (Object.keys(flags).length === 0) await noteStored(world, named, { text, became: true }, became);
}
