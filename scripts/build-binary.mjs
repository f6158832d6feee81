// `npm run build:binary`: one executable that needs no Node. dist-binary/tsawsume is for this machine;
// `-- --target linux-arm64 --target windows-x64` (or `--target all`) makes those of others beside it. See docs/binary.md.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PLATFORMS, bunFor, ownPlatform, run } from './bun.mjs';
import { GROUPS, bundle, notices } from './bundle.mjs';
import { constants, root } from './sources.mjs';

const SUMS = 'SHA256SUMS';
const folder = join(root, 'dist-binary');
const { values } = parseArgs({ options: { target: { type: 'string', multiple: true, default: [] } } });
const targets = values.target.includes('all') ? Object.keys(PLATFORMS) : values.target;
const unknown = targets.find((target) => PLATFORMS[target] === undefined);
if (unknown !== undefined) {
  console.error(
    `build:binary: no target ${unknown}: write all, or some of ${Object.keys(PLATFORMS).join(', ')}`,
  );
  process.exit(1);
}

/** Where the executable begins, and what that loads when it is needed. */
const MAIN = 'tsawsume';
const PROGRAM = { bin: 'src/bin.ts' };
const REST = { rest: 'src/short/rest.ts' };

/** They are bundled by themselves, with a copy of what they share with the first, and found in the executable by name. */
const apart = {
  name: 'apart',
  transform: (code, id) =>
    id.endsWith('binary.ts')
      ? code.replace(/\bimport\('[\w./-]*\/([\w-]+)'\)/g, "Promise.resolve(require('./$1.js'))")
      : undefined,
  resolveId: (id) =>
    Object.keys({ ...PROGRAM, ...REST }).some((name) => id === `./${name}.js`)
      ? { id, external: true }
      : undefined,
};

const define = {
  ...constants(),
  // A package looks for a program beside its own file. There is none, and where the build took place is no place
  // to look for programs.
  'import.meta.url': '""',
};

mkdirSync(folder, { recursive: true });
const work = mkdtempSync(join(folder, 'work-'));
try {
  // One file for what is run most, others for the rest, each with its bytecode inside: all in one would cost a stored
  // session a fifth of its time, since the runtime unpacks something of every function in a file that it loads.
  const main = await bundle({
    input: { [MAIN]: 'src/binary.ts' },
    dir: work,
    define,
    plugins: [apart],
    codeSplitting: false,
  });
  const program = await bundle({ input: PROGRAM, dir: work, define, codeSplitting: { groups: GROUPS } });
  const rest = await bundle({ input: REST, dir: work, define, codeSplitting: false });
  const output = [...main, ...program, ...rest];
  const files = output.map(({ fileName }) => fileName);
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), notices(output));
  if (targets.length === 0) compile(ownPlatform(), 'tsawsume', files);
  for (const target of targets) compile(target, `tsawsume-${target}`, files);
} finally {
  rmSync(work, { recursive: true, force: true });
}
writeSums();

/** Makes the executable of a platform, beside its place and then in it; it begins with the first of the files. */
function compile(target, name, files) {
  const suffix = target.startsWith('windows') ? '.exe' : '';
  const file = `${name}${suffix}`;
  // Bun writes this name into the executable: the same target is the same bytes, whatever its file is called.
  const made = join(work, `executable${suffix}`);
  const args = [
    'build',
    '--compile',
    `--target=bun-${PLATFORMS[target].bun}`,
    // Else Bun would fetch it from elsewhere, without a sum.
    `--compile-executable-path=${bunFor(target)}`,
    '--minify',
    '--bytecode',
    // Most runs are over before compiled code has earned what compiling costs: 2 ms of 14 with a stored session.
    '--compile-jit-policy=10',
    // What lies in the folder that somebody happens to be in must not decide who they become.
    '--no-compile-autoload-dotenv',
    '--no-compile-autoload-bunfig',
    '--no-compile-autoload-tsconfig',
    '--no-compile-autoload-package-json',
    `--outfile=${made}`,
    ...files.map((fileName) => join(work, fileName)),
    ...files.map((fileName) => `--external=./${fileName}`),
  ];
  run(bunFor(ownPlatform()), args, work);
  // Bun writes it piece by piece. What is written in one go the kernel seems to keep in larger pieces, too: a stored session
  // took 2 to 5 % less in three comparisons on ext4.
  const bytes = readFileSync(made);
  const whole = join(work, `whole${suffix}`);
  writeFileSync(whole, bytes);
  chmodSync(whole, 0o755);
  renameSync(whole, join(folder, file));
  console.log(`${(bytes.length / 1e6).toFixed(0).padStart(6)} MB  dist-binary/${file}`);
}

/** The sums of all that lies there, for `sha256sum -c SHA256SUMS`. */
function writeSums() {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== SUMS,
  );
  const lines = files.map(({ name }) => {
    const sum = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
    return `${sum}  ${name}\n`;
  });
  writeFileSync(join(folder, SUMS), lines.sort().join(''));
}
