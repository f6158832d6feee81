import { renderFish } from '../shells/fish';
import { becomeShortly } from './become';

export const isOver = (): boolean => becomeShortly({ render: renderFish, isFor: (name) => name === 'fish' });
