import type { Verb } from './verb';
import { KEEP } from './verbs/keep';
import { LOOK } from './verbs/look';
import { SESSION } from './verbs/session';

/** Every verb, in the order of the help page. */
export const VERBS: readonly Verb[] = [...SESSION, ...LOOK, ...KEEP];
