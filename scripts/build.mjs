// Bundles src into dist: one file for the way that every run takes, one for each thing that is loaded lazily.
// esbuild splits only ES modules, and Node starts CommonJS faster (by 3 ms of 58, measured on Node 20), so the
// split modules are turned into CommonJS one by one afterwards.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const quiet = process.argv.includes('--quiet');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const result = await build({
  absWorkingDir: root,
  entryPoints: ['src/bin.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: '[name]-[hash]',
  minifySyntax: true,
  minifyWhitespace: true,
  // Names stay readable, so that a trace under --debug says where it was.
  legalComments: 'none',
  define: { TSAWSUME_VERSION: JSON.stringify(version) },
  metafile: true,
  write: false,
  logLevel: 'warning',
});

for (const file of result.outputFiles) {
  const { code } = await transform(file.text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    supported: { 'dynamic-import': false },
  });
  writeFileSync(file.path, code);
}
writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), notices(result.metafile));
writeFileSync(join(dist, 'package.json'), '{"type":"commonjs"}\n');
if (!quiet) report();

/** The licence text of every package of which a file went into the bundle. */
function notices(metafile) {
  const folders = new Set();
  for (const [input, { bytes }] of Object.entries(metafile.inputs)) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match && bytes > 0) folders.add(join(root, match[1]));
  }
  const parts = [...folders].sort().map((folder) => {
    const { name, version: v, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((f) => /^(licen[cs]e|notice|copying)/i.test(f));
    const texts = files.map((f) => readFileSync(join(folder, f), 'utf8').trim());
    return `${name} ${v} (${license})\n\n${texts.join('\n\n')}\n`;
  });
  const rule = '='.repeat(80);
  return `tsawsume contains these packages.\n\n${rule}\n${parts.join(`\n${rule}\n`)}`;
}

function report() {
  for (const [path, { bytes }] of Object.entries(result.metafile.outputs).sort((a, b) => b[1].bytes - a[1].bytes))
    console.log(`${String(Math.round(bytes / 1024)).padStart(6)} kB  ${path}`);
}
