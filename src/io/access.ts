import { statSync } from 'node:fs';
import type { Access } from '../world';
import { isPrivate } from './private-stat';

/** Who may read a file, by its mode; links are followed, since what they lead to is what is read. */
export function accessTo(path: string): Access {
  try {
    return isPrivate(statSync(path)) ? 'private' : 'others';
  } catch {
    return 'none';
  }
}
