import { renderNushell } from '../shells/nushell';
import { becomeShortly } from './become';

export const isOver = (): boolean =>
  becomeShortly({ render: renderNushell, isFor: (name) => name === 'nushell' || name === 'nu' });
