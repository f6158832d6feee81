import { isBourne } from '../shells/bourne';
import { posix } from '../shells/posix';
import { becomeShortly } from './become';

/** For a shell of Bourne's line: by its function, or by an eval, which captures the code. */
export const isOver = (): boolean =>
  becomeShortly({
    render: (emission) => posix.render(emission),
    isFor: (name, out) => (name === '' ? !out.isTerminal : isBourne(name)),
  });
