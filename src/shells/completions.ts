import { shellNamed, INIT_SHELLS } from './index';
import { bashCompletion } from './completion-bash';
import type { CompletingShell } from './completion';
import { fishCompletion } from './completion-fish';
import { nushellCompletion } from './completion-nushell';
import { powershellCompletion } from './completion-powershell';
import { zshCompletion } from './completion-zsh';

export const COMPLETION_SHELLS = ['bash', 'zsh', 'fish', 'powershell', 'nushell'] as const;

const shells: Readonly<Record<(typeof COMPLETION_SHELLS)[number], CompletingShell>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
  nushell: nushellCompletion,
};

/** By the name that `init` takes, or an alias of it. */
export function completionNamed(name: string): CompletingShell | undefined {
  const hookable = shellNamed(name);
  const known = INIT_SHELLS.find((shell) => shellNamed(shell) === hookable);
  const completing = COMPLETION_SHELLS.find((shell) => shell === known);
  return hookable === undefined || completing === undefined ? undefined : shells[completing];
}
