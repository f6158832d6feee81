import { refused } from '../errors';

/** One change to a shell's environment. */
export type Change =
  | { readonly op: 'set'; readonly name: string; readonly value: string }
  | { readonly op: 'unset'; readonly name: string };

/** What a shell, a child or a file is to become: ordered, the unsets first. Made by `emission`, so always clean. */
export interface Emission {
  readonly changes: readonly Change[];
}

/** A value that no shell can be given whole: NUL ends a string, CR and LF end a line of a file to source. */
export const isUnspeakable = (value: string): boolean =>
  value.includes('\n') || value.includes('\r') || value.includes('\0');

/** Checks every value; throws `refused`, naming the variable and never the value. */
export function emission(changes: readonly Change[]): Emission {
  for (const change of changes) {
    if (change.op === 'set' && isUnspeakable(change.value)) {
      throw refused(
        `the value of ${change.name} holds a line break or a NUL, which no shell can take safely`,
        'nothing was changed; look at where the value comes from with: tsawsume explain PROFILE',
      );
    }
  }
  return { changes };
}
