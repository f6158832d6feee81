import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { refused } from '../errors';
import type { Company } from '../sandbox/company';
import { companyFiles } from '../sandbox/company-files';
import { FISH_FOLDERS, PLACES, shellFiles } from '../sandbox/shell-files';
import { errorCode } from './error-code';
import { formatIdentity, judge, ownIdentity, parseIdentity } from './process-identity';
import { list } from './temp-names';

const PREFIX = 'tsawsume-sandbox-';
/** What a HOME is called while it is removed. */
const GONE = '.gone';

/**
 * A HOME for a sandbox, in the system's folder for temporary files: nobody else can look into it (0700), and its files
 * are 0600. Homes that a killed run left there are removed.
 * @param program the words that start this very program.
 * @returns its absolute path.
 * @throws TsawsumeError `refused`, where it can't be made.
 */
export function makeHome(company: Company, program: readonly string[]): string {
  try {
    const folder = fs.realpathSync(tmpdir());
    removeDeadHomes(folder);
    const home = fs.mkdtempSync(join(folder, PREFIX));
    try {
      fill(home, company, program);
    } catch (error) {
      removeHome(home);
      throw error;
    }
    return home;
  } catch (error) {
    throw refused(
      `a HOME for the sandbox can't be made in ${tmpdir()} (${errorCode(error)})`,
      'let TMPDIR name a folder with room that you may write to',
    );
  }
}

/**
 * Never an error. It gets another name first: programs that run on in the background know it by the old one, and must
 * not write into what is just being emptied.
 */
export function removeHome(home: string): void {
  const gone = home.endsWith(GONE) ? home : home + GONE;
  try {
    if (gone !== home) fs.renameSync(home, gone);
    fs.rmSync(gone, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
  } catch {
    // The next sandbox removes it.
  }
}

function fill(home: string, company: Company, program: readonly string[]): void {
  const write = (path: string, text: string, mode = 0o600): void => {
    const whole = join(home, path);
    fs.mkdirSync(dirname(whole), { recursive: true, mode: 0o700 });
    fs.writeFileSync(whole, text, { mode });
  };
  // First, so that whatever ends us from here on, a later run can tell that nobody needs it.
  write(PLACES.owner, formatIdentity(ownIdentity()));
  for (const folder of [PLACES.codes, ...FISH_FOLDERS])
    fs.mkdirSync(join(home, folder), { recursive: true, mode: 0o700 });
  const { config, credentials } = companyFiles(company);
  write('.aws/config', config);
  write('.aws/credentials', credentials);
  for (const { path, text, executable } of shellFiles(home, program))
    write(path, text, executable ? 0o700 : 0o600);
}

function removeDeadHomes(folder: string): void {
  for (const name of list(folder)) {
    if (!name.startsWith(PREFIX)) continue;
    const home = join(folder, name);
    try {
      const found = fs.lstatSync(home);
      if (!found.isDirectory() || found.uid !== process.getuid?.()) continue;
      if (name.endsWith(GONE) || isOrphan(home)) removeHome(home);
    } catch {
      continue;
    }
  }
}

function isOrphan(home: string): boolean {
  const owner = parseIdentity(fs.readFileSync(join(home, PLACES.owner), 'utf8'));
  return owner !== undefined && judge(owner) === 'dead';
}
