// Bundles src into dist as CommonJS, which Node starts faster than ES modules (by 3 ms of 58, measured on Node 20).
// What a run with a stored session needs is one file; everything else is a file of its own, read when it is imported.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, notices, root, version } from './bundle.mjs';

const dist = join(root, 'dist');

/** What is there for Bun alone is not in the files for Node. */
const NODE = { 'process.versions.bun': 'undefined' };

/** The whole of these, with what they import, makes the one file that every run reads. */
const HOT = /[\\/]src[\\/](bin|commands[\\/]assume)\.ts$/;

/** Likewise what a run reads that finds nothing stored, and what calls STS: two files are read sooner than seventeen. */
const FETCH = /[\\/]src[\\/](commands[\\/]fetch-session|io[\\/]lock)\.ts$/;
const STS = /[\\/]src[\\/]io[\\/](aws-caller|sts)\.ts$/;

/**
 * The function that makes a module of a file, written into the file: bin and src/start.ts hand it to V8 as it is, where
 * Node would copy all of it into such a function at each start.
 */
const wrapped = {
  name: 'wrapped',
  generateBundle(options, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      // The bundler's helpers do nothing by being loaded, and where none of them is used it loads them all the same.
      const code = file.code.trimEnd().replace(/,require\("\.\/rolldown-runtime-[\w-]+\.js"\);/, ';');
      file.code = `(function(exports,require,module,__filename,__dirname){${code}\n})\n`;
    }
  },
};

/** src/start.ts knows it by this name: no hash is put to it, as to no entry. */
const KEEPER = 'keep-code';

if (process.argv.includes('--if-stale') && !isStale()) process.exit(0);

// Beside it, and then in its place: a program that is running finds all its files, the old or the new.
const fresh = `${dist}.${process.pid}`;
const program = await bundle({
  // What keeps bytecode shares most of its code with the program, and is loaded as its files are.
  input: { bin: 'src/bin.ts', [KEEPER]: 'src/io/keep-code.ts' },
  dir: fresh,
  define: { ...NODE, TSAWSUME_VERSION: JSON.stringify(version) },
  plugins: [wrapped],
  codeSplitting: {
    groups: [
      { name: 'main', test: HOT, priority: 3 },
      { name: 'fetch', test: FETCH, priority: 2 },
      { name: 'sts', test: STS, priority: 1 },
    ],
  },
});
// By itself, with a copy of what it shares with the program: one small file.
const noteUse = await bundle({
  input: { 'note-use': 'src/note-use.ts' },
  dir: fresh,
  define: NODE,
  plugins: [wrapped],
  codeSplitting: false,
});
const build = createHash('sha256');
for (const { fileName, code } of [...program, ...noteUse]) build.update(`${fileName}\n${code}\n`);
// What loads the program knows which build it belongs to.
const start = await bundle({
  input: { start: 'src/start.ts' },
  dir: fresh,
  define: {
    ...NODE,
    TSAWSUME_VERSION: JSON.stringify(version),
    TSAWSUME_BUILD: JSON.stringify(build.digest('hex')),
  },
  plugins: [wrapped],
  codeSplitting: false,
});
const output = [...program, ...noteUse, ...start];
writeFileSync(join(fresh, 'package.json'), '{"type":"commonjs"}\n');
writeFileSync(join(fresh, 'THIRD-PARTY-NOTICES.txt'), notices(output));
const old = `${fresh}.old`;
if (existsSync(dist)) renameSync(dist, old);
renameSync(fresh, dist);
rmSync(old, { recursive: true, force: true });
if (!process.argv.includes('--quiet')) report(output);

/** Whether something that goes into the bundle is younger than it. */
function isStale() {
  if (!existsSync(join(dist, 'bin.js'))) return true;
  const built = statSync(join(dist, 'bin.js')).mtimeMs;
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((name) => join(root, 'src', name));
  const inputs = [
    ...sources,
    fileURLToPath(import.meta.url),
    join(root, 'scripts', 'bundle.mjs'),
    join(root, 'package.json'),
    join(root, 'package-lock.json'),
  ];
  return inputs.some((path) => statSync(path).mtimeMs > built);
}

function report(chunks) {
  for (const { fileName, code } of [...chunks].sort((a, b) => (b.code?.length ?? 0) - (a.code?.length ?? 0)))
    console.log(`${String(Math.ceil((code?.length ?? 0) / 1024)).padStart(6)} kB  ${fileName}`);
}
