// What the program is built from. Imports no package: `npm start` asks it before there is one.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Besides all of src. */
const MORE = [
  'package.json',
  'package-lock.json',
  'scripts/build.mjs',
  'scripts/bundle.mjs',
  'scripts/sources.mjs',
];

/** Files below the root, with `/` on every system, in one order. */
function files() {
  const below = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return [...below, ...MORE].sort();
}

/** Tells these sources from all others. */
function sources() {
  const hash = createHash('sha256');
  for (const file of files()) hash.update(`${file}\n${readFileSync(join(root, file), 'utf8')}\n`);
  return `${version}+${hash.digest('hex').slice(0, 16)}`;
}

/** What the build replaces in the sources. What a program noted, only one of the very same sources takes up. */
export const constants = () => ({
  TSAWSUME_VERSION: JSON.stringify(version),
  TSAWSUME_SOURCES: JSON.stringify(sources()),
});

/** Whether dist is not there, or was built from others: `way.js` is the file of it that says from which. */
export function isStale() {
  const says = join(root, 'dist', 'way.js');
  return !existsSync(says) || !readFileSync(says, 'utf8').includes(sources());
}
