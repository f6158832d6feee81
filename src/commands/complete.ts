import { printable } from '../core/printable';
import { usage } from '../errors';
import { EXPORT_FORMATS, INIT_SHELLS } from '../shells';
import { completionNamed } from '../shells/completions';
import { FILES, type Candidate, type Typed } from '../shells/completion';
import type { World } from '../world';
import { awsFiles, givenPaths, type FileFlags } from './aws-files';

export type Values =
  'profiles' | 'formats' | 'shells' | 'more' | 'actions' | 'settings' | 'outputs' | 'files';

/** What may stand at the cursor. */
export interface Wanted {
  /** Verbs or flags. */
  readonly fixed: readonly Candidate[];
  readonly values: Values | undefined;
  /** Goes before each value: `--format=`. */
  readonly prefix: string;
  /** Behind `--`: a word that begins with a dash is no flag. */
  readonly literal: boolean;
  /** The two files, where the line names them. */
  readonly files: FileFlags;
}

/**
 * `tsawsume complete SHELL -- WORDS`: what the scripts of `tsawsume completion` ask at every TAB. Only the files'
 * section headers are read: a profile's name is all that is needed.
 */
export async function complete(
  world: World,
  name: string,
  words: readonly string[],
  wanted: (typed: Typed) => Wanted,
): Promise<void> {
  const shell = completionNamed(name);
  if (shell === undefined)
    throw usage('complete does not know that shell', 'see: tsawsume completion --help');
  const typed = shell.typed(words);
  const want = wanted(typed);
  if (want.values === 'files') {
    world.out.write(name === 'nushell' || name === 'nu' ? 'null\n' : FILES);
    return;
  }
  const values = await valuesOf(world, want);
  const candidates = values.map((value): Candidate => ({ value: want.prefix + value })).concat(want.fixed);
  world.out.write(shell.render(candidates, words));
  if (want.values !== 'profiles' || want.literal || want.prefix !== '') return;
  const { noteShortAnswer } = await import('./note-short-answer');
  noteShortAnswer(world, name, typed, shell, candidates);
}

async function valuesOf(world: World, want: Wanted): Promise<readonly string[]> {
  switch (want.values) {
    case 'formats':
      return EXPORT_FORMATS;
    case 'shells':
      return INIT_SHELLS;
    case 'more':
      return ['more'];
    case 'actions':
      return ['get', 'set', 'reset', 'list', 'import'];
    case 'settings': {
      const { SETTING_KEYS } = await import('../core/setting-keys');
      return SETTING_KEYS.map(({ key }) => key);
    }
    case 'outputs':
      return outputNames(world, want);
    case 'profiles':
      return profileNames(world, want);
    case 'files':
    case undefined:
      return [];
  }
}

/** Not offered: names that would be a flag or a verb here, and those with characters that a terminal obeys. */
async function profileNames(
  world: World,
  { files, fixed, literal, prefix }: Wanted,
): Promise<readonly string[]> {
  const { profiles } = (await awsFiles(world, files)).files;
  const verbs = new Set(fixed.map(({ value }) => value));
  // In the files' order: shells sort by themselves, and there may be ten thousand.
  const names: readonly string[] = profiles.names();
  // One look at all of them, since one at each is felt.
  const harmless = ASCII.test(names.join('')) ? names : names.filter(isHarmless);
  const flags = literal || prefix !== '';
  return harmless.filter((name) => !verbs.has(name) && (flags || !name.startsWith('-')));
}

/** The profiles that `-o` wrote, and may write again. */
async function outputNames(world: World, { files }: Wanted): Promise<readonly string[]> {
  const managed = await world.managedProfiles(givenPaths(world, files, await world.settings()));
  return managed.names('credentials').filter(isHarmless);
}

const ASCII = /^[\x20-\x7e]*$/;
const isHarmless = (name: string): boolean => ASCII.test(name) || printable(name) === name;
