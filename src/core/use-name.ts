import { checksum } from './checksum';

/** The file beside the sessions that says when a profile was used last. */
export const useName = (profile: string): string => `use-${checksum(profile)}.txt`;
