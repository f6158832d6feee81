// How the program is bundled, for Node (build.mjs) and for the stand-alone executable (build-binary.mjs).
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { root } from './sources.mjs';

/** Modules that are bundled but never run, and what stands in for them. */
const UNUSED = [
  // commander starts programs for sub-commands that are files of their own; ours are not. Loading it costs 1.5 ms.
  { id: 'node:child_process', importer: /node_modules[\\/]commander/, code: 'export default {}' },
  // Loading these costs 8 ms of 70 in a run that calls STS. Its handler for HTTP/2 is made by nobody; its checksums are
  // those of other services; and AWS's files are not for it to read: all that it is to know it is told.
  {
    id: 'node:http2',
    importer: /node_modules[\\/]@smithy[\\/]node-http-handler/,
    code: 'export const constants = {}; export default { constants }',
  },
  {
    id: 'node:zlib',
    importer: /node_modules[\\/]@smithy[\\/]core[\\/].*checksum/,
    code: 'export const crc32 = undefined',
  },
  {
    id: 'node:crypto',
    importer: /node_modules[\\/]@smithy[\\/]core[\\/].*[\\/]serde[\\/]index/,
    code: "export const getRandomValues = (array) => process.getBuiltinModule('node:crypto').getRandomValues(array)",
  },
  {
    id: 'node:fs/promises',
    importer: /node_modules[\\/]@smithy[\\/]core[\\/].*config/,
    code: "export const readFile = async () => ''",
  },
  // AWS's default chain looks into the environment, files and the network. Every signer is given explicitly here,
  // and an identity that nobody asked for must not even be possible.
  {
    id: '@aws-sdk/credential-provider-node',
    importer: /node_modules/,
    code: 'export const defaultProvider = () => () => { throw new Error("tsawsume always gives the signer") }',
  },
];

/**
 * Globals that Node makes when they are first asked for, and what they are here. The SDK asks whether an answer is a web
 * stream, and none is (1 ms); and whether there is web crypto to take random numbers from (4 ms), which it can do without.
 */
const GLOBALS = { ReadableStream: 'undefined', crypto: 'undefined' };

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
 * A module of Node's is taken as it is: the bundler would copy all 100 names of node:fs at each start (0.6 ms), and an
 * `import()` of one would load what Node has for ES modules (5 ms), with a warning.
 */
const builtins = {
  name: 'builtins',
  transform: (code) =>
    code
      .replace(/^import \* as (\w+) from '(node:\w+)';$/gm, "const $1 = process.getBuiltinModule('$2');")
      .replace(/\bimport\(\s*["'](node:[\w/]+)["']\s*\)/g, "Promise.resolve(process.getBuiltinModule('$1'))"),
};

/**
 * Files that are read together are one file. `main`, with all that it imports, is what every run reads that goes the
 * long way; the next is what a run reads besides that finds nothing stored, then what calls STS, and what reads its answer.
 */
export const GROUPS = [
  { name: 'main', test: /[\\/]src[\\/](bin|commands[\\/]assume)\.ts$/, priority: 3 },
  { name: 'fetch', test: /[\\/]src[\\/](commands[\\/]fetch-session|io[\\/]lock)\.ts$/, priority: 2 },
  { name: 'sts', test: /[\\/]src[\\/]io[\\/](aws-caller|sts)\.ts$/, priority: 1 },
  { name: 'answer', test: /[\\/]src[\\/]io[\\/](query|http)-answer\.ts$/, priority: 0 },
];

/** Bundles one entry as CommonJS into a folder, and gives what was written. */
export async function bundle({ input, dir, define, plugins = [], codeSplitting = {} }) {
  const made = await rolldown({
    cwd: root,
    input,
    platform: 'node',
    // As ES modules, of which the SDK's packages then leave out what is not asked for: half of them.
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'node20', define: { ...GLOBALS, ...define } },
    plugins: [stubs, builtins, ascii, ...plugins],
    checks: { ineffectiveDynamicImport: false },
  });
  const { output } = await made.write({
    dir,
    format: 'cjs',
    minify: true,
    comments: { legal: false },
    chunkFileNames: '[name]-[hash].js',
    codeSplitting,
  });
  return output;
}

/** The files that something of went into a chunk. */
function modulesOf(chunk) {
  return Object.entries(chunk.modules ?? {}).flatMap(([id, { renderedLength }]) =>
    renderedLength > 0 ? [id] : [],
  );
}

/** The licence text of every package in the bundle. */
export function notices(output) {
  const folders = new Set();
  for (const id of output.flatMap(modulesOf)) {
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
