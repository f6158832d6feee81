import { badProfile } from '../errors';

/** A path that begins with `~/` stands below HOME; throws `profile` where there is none. */
export function underHome(path: string, home: string | undefined): string {
  if (!path.startsWith('~/')) return path;
  if (home !== undefined && home !== '') return `${home.replace(/\/+$/, '')}/${path.slice(2)}`;
  throw badProfile(`can't find ${path}: HOME is not set`, 'set HOME, or write the whole path');
}
