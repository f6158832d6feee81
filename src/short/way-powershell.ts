import { renderPowerShell } from '../shells/powershell';
import { becomeShortly } from './become';

export const isOver = (): boolean =>
  becomeShortly({ render: renderPowerShell, isFor: (name) => name === 'powershell' || name === 'pwsh' });
