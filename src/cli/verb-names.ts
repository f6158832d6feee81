/** The words that are verbs where a profile could stand: known without declaring them. `assume NAME` becomes such a profile. */
export const VERB_NAMES = [
  'assume',
  'export',
  'exec',
  'whoami',
  'console',
  'roles',
  'list',
  'status',
  'explain',
  'doctor',
  'logout',
  'config',
  'revoke',
  'init',
  'completion',
  'complete',
  'sandbox',
] as const;

export type VerbName = (typeof VERB_NAMES)[number];
