// Bundles src into dist as CommonJS, which Node starts faster than ES modules (by 3 ms of 58, measured on Node 20).
// What a run with a stored session needs is one file; everything else is a file of its own, read when it is imported.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The whole of these, with what they import, makes the one file that every run reads. */
const HOT = /[\\/]src[\\/](bin|commands[\\/]assume)\.ts$/;

/** Modules that are bundled but never run, and what stands in for them. */
const UNUSED = [
  // commander starts programs for sub-commands that are files of their own; ours are not. Loading it costs 1.5 ms.
  { id: 'node:child_process', importer: /node_modules[\\/]commander/, code: 'export default {}' },
  // AWS's default chain looks into the environment, files and the network. Every signer is given explicitly here,
  // and an identity that nobody asked for must not even be possible.
  {
    id: '@aws-sdk/credential-provider-node',
    importer: /node_modules/,
    code: 'export const defaultProvider = () => () => { throw new Error("tsawsume always gives the signer") }',
  },
];

const stubs = {
  name: 'stubs',
  resolveId: (id, importer) => {
    const index = UNUSED.findIndex((stub) => stub.id === id && stub.importer.test(importer ?? ''));
    return index < 0 ? undefined : `\0stub:${index}`;
  },
  load: (id) => (id.startsWith('\0stub:') ? UNUSED[Number(id.slice(6))].code : undefined),
};

/**
 * One byte a character in what every run reads: one that is not ASCII would double the memory of all, and take a
 * slower way into V8. Files that are full of others are left alone.
 */
const ascii = {
  name: 'ascii',
  generateBundle(options, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk' || (file.code.match(/[^\0-\x7f]/g)?.length ?? 0) > 200) continue;
      const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
      file.code = file.code.replace(/[^\0-\x7f]/g, escaped);
    }
  },
};

/**
 * The function that makes a module of a file, written into the file: src/start.ts hands it to V8 as it is, where Node
 * would copy all of it into such a function at each start.
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

/** A module of Node's is taken as it is: the bundler would copy all 100 names of node:fs at each start (0.6 ms). */
const builtins = {
  name: 'builtins',
  transform: (code) =>
    code.replace(/^import \* as (\w+) from '(node:\w+)';$/gm, "const $1 = process.getBuiltinModule('$2');"),
};

if (process.argv.includes('--if-stale') && !isStale()) process.exit(0);

// Beside it, and then in its place: a program that is running finds all its files, the old or the new.
const fresh = `${dist}.${process.pid}`;
const program = await bundle(
  { bin: 'src/bin.ts' },
  { TSAWSUME_VERSION: JSON.stringify(version) },
  [wrapped],
  {
    groups: [{ name: 'main', test: HOT }],
  },
);
const build = createHash('sha256');
for (const { fileName, code } of program) build.update(`${fileName}\n${code}\n`);
// What loads the program knows which build it belongs to.
const start = await bundle(
  { start: 'src/start.ts' },
  { TSAWSUME_BUILD: JSON.stringify(build.digest('hex')) },
);
const output = [...program, ...start];
writeFileSync(join(fresh, 'package.json'), '{"type":"commonjs"}\n');
writeFileSync(join(fresh, 'THIRD-PARTY-NOTICES.txt'), notices(output.flatMap(modulesOf)));
const old = `${fresh}.old`;
if (existsSync(dist)) renameSync(dist, old);
renameSync(fresh, dist);
rmSync(old, { recursive: true, force: true });
if (!process.argv.includes('--quiet')) report(output);

/** Bundles one entry into `fresh`. */
async function bundle(input, define, more = [], codeSplitting = {}) {
  const made = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    transform: { target: 'node20', define },
    plugins: [stubs, builtins, ascii, ...more],
    checks: { ineffectiveDynamicImport: false },
  });
  const { output: written } = await made.write({
    dir: fresh,
    format: 'cjs',
    minify: true,
    comments: { legal: false },
    chunkFileNames: '[name]-[hash].js',
    codeSplitting,
  });
  return written;
}

/** Whether something that goes into the bundle is younger than it. */
function isStale() {
  if (!existsSync(join(dist, 'bin.js'))) return true;
  const built = statSync(join(dist, 'bin.js')).mtimeMs;
  const sources = readdirSync(join(root, 'src'), { recursive: true }).map((name) => join(root, 'src', name));
  const inputs = [
    ...sources,
    fileURLToPath(import.meta.url),
    join(root, 'package.json'),
    join(root, 'package-lock.json'),
  ];
  return inputs.some((path) => statSync(path).mtimeMs > built);
}

/** The files that something of went into a chunk. */
function modulesOf(chunk) {
  return Object.entries(chunk.modules ?? {}).flatMap(([id, { renderedLength }]) =>
    renderedLength > 0 ? [id] : [],
  );
}

/** The licence text of every package in the bundle. */
function notices(modules) {
  const folders = new Set();
  for (const id of modules) {
    const match = /^\0?(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id);
    if (match && existsSync(join(match[1], 'package.json'))) folders.add(match[1]);
  }
  const packages = [...folders].sort().map((folder) => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    return { ...manifest, texts: files.map((file) => readFileSync(join(folder, file), 'utf8').trim()) };
  });
  const parts = packages.map(({ name, version: itsVersion, license, repository, texts }) => {
    // Some packages are published without the file; another of the same repository has it.
    const sibling = packages.find(
      (other) =>
        other.texts.length > 0 && other.license === license && other.repository?.url === repository?.url,
    );
    const own = texts.length > 0 ? texts : sibling?.texts;
    if (own === undefined) throw new Error(`the licence text of ${name} is not to be found`);
    return `${name} ${itsVersion} (${license})\n\n${own.join('\n\n')}\n`;
  });
  const rule = '='.repeat(80);
  return `tsawsume contains these packages.\n\n${rule}\n${parts.join(`\n${rule}\n`)}`;
}

function report(chunks) {
  for (const { fileName, code } of [...chunks].sort((a, b) => (b.code?.length ?? 0) - (a.code?.length ?? 0)))
    console.log(`${String(Math.ceil((code?.length ?? 0) / 1024)).padStart(6)} kB  ${fileName}`);
}
