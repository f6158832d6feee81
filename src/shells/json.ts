import type { Shell } from './shell';
import { variablesOf } from './lines';

/** A flat object of what is set, by variable. */
export const json: Shell = {
  render: (emission) => `${JSON.stringify(Object.fromEntries(variablesOf(emission)), null, 2)}\n`,
};
