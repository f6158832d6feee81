// Bundles src into dist as CommonJS, which Node starts faster than ES modules (by 3 ms of 58, measured on Node 20).
// What a run with a stored session needs is one file; everything else is a file of its own, read when it is imported.
import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { GROUPS, bundle, notices } from './bundle.mjs';
import { constants, isStale, root } from './sources.mjs';

const dist = join(root, 'dist');

/** What is there for Bun alone is not in the files for Node. */
const NODE = { 'process.versions.bun': 'undefined' };

/**
 * V8 lays a text of more than 128 KiB among its large objects, which a garbage collection does not copy
 * (kMaxRegularHeapObjectSize). With the two longest files of a run that calls STS there, padded with blanks, V8 collects
 * once in such a run instead of twice: 1 ms of 35 (Node 20, --trace-gc).
 */
const LARGE = 128 * 1024 + 64;
const ROOMY = ['bin', 'sts'];

/**
 * The function that makes a module of a file, written into the file: src/start.ts hands it to V8 as it is, where
 * Node would copy all of it into such a function at each start.
 */
const wrapped = {
  name: 'wrapped',
  generateBundle(options, files) {
    const chunks = Object.values(files).filter(({ type }) => type === 'chunk');
    const helpers = chunks.find(({ name }) => name === 'rolldown-runtime').code.trim();
    for (const name of ROOMY)
      if (!chunks.some((chunk) => chunk.name === name)) throw new Error(`there is no file ${name} to pad`);
    for (const chunk of chunks) {
      // The bundler's helpers do nothing by being loaded, and where none of them is used it loads them all the same.
      const code = chunk.code.trimEnd().replace(/,require\("\.\/rolldown-runtime-[\w-]+\.js"\);/, ';');
      // Together with who uses them in a run that fetches: 1 kB again, and a file less to read.
      const whole = GROUPS.some(({ name }) => name === chunk.name)
        ? code.replace(
            /require\("\.\/rolldown-runtime-[\w-]+\.js"\)/,
            () => `(exports=>{${helpers};return exports})({})`,
          )
        : code;
      const made = `(function(exports,require,module,__filename,__dirname){${whole}\n})`;
      chunk.code = `${ROOMY.includes(chunk.name) ? made.padEnd(LARGE) : made}\n`;
    }
  },
};

/**
 * V8 only skims a function when it reads a file, and reads it again when it is called; one between parentheses it takes
 * for about to be called, and reads once (V8, PreParser). Most of these are called, and no bytecode of them is kept:
 * 0.2 of the 3.8 ms that a run with a stored session added to Node's own start, and 0.1 more for the arrow functions.
 */
const eager = {
  name: 'eager',
  renderChunk(code) {
    const { body } = parseAst(code);
    const functions = body.filter(({ type }) => type === 'FunctionDeclaration');
    const made = functions.map(({ id, start, end }) => `var ${id.name}=(${code.slice(start, end)});`);
    const arrows = body
      .flatMap(({ declarations }) => declarations ?? [])
      .flatMap(({ init }) => (init?.type === 'ArrowFunctionExpression' ? [init] : []));
    // Of one between parentheses V8 takes an arrow function for no such thing; none of these has a `this`.
    const rest = [
      ...functions.map((node) => ({ ...node, text: '' })),
      ...arrows.map((node) => ({ ...node, text: `(${asFunction(node, code)})` })),
    ]
      .sort((one, other) => other.start - one.start)
      .reduce(
        (text, { start, end, text: instead }) => text.slice(0, start) + instead + text.slice(end),
        code,
      );
    // In front, where declarations would be, too, for the code that calls them.
    return made.join('') + rest;
  },
};

function asFunction({ async, params, body }, code) {
  const names = params.length === 0 ? '' : code.slice(params[0].start, params.at(-1).end);
  const does = code.slice(body.start, body.end);
  return `${async ? 'async ' : ''}function(${names})${body.type === 'BlockStatement' ? does : `{return(${does})}`}`;
}

/** What bin/tsawsume.js loads. */
const FIRST = {
  start: 'src/start.ts',
  prompt: 'src/short/prompt.ts',
  words: 'src/short/words.ts',
  way: 'src/short/way.ts',
  rest: 'src/short/rest.ts',
};

/** src/start.ts knows it by this name: no hash is put to it, as to no entry. */
const KEEPER = 'keep-code';

if (process.argv.includes('--if-stale') && !isStale()) process.exit(0);

// Beside it, and then in its place: a program that is running finds all its files, the old or the new.
const fresh = `${dist}.${process.pid}`;
const define = { ...NODE, ...constants() };
const program = await bundle({
  // What keeps bytecode shares most of its code with the program, and is loaded as its files are.
  input: { bin: 'src/bin.ts', [KEEPER]: 'src/io/keep-code.ts' },
  dir: fresh,
  define,
  plugins: [wrapped],
  codeSplitting: { groups: GROUPS },
});
const hash = createHash('sha256');
for (const { fileName, code } of program) hash.update(`${fileName}\n${code}\n`);
const build = hash.digest('hex');
// Each by itself, with a copy of what it shares with others: bin reads one of them, or two.
const first = [];
for (const [name, source] of Object.entries(FIRST))
  first.push(
    ...(await bundle({
      input: { [name]: source },
      dir: fresh,
      define: {
        ...define,
        // What loads the program knows which build it belongs to.
        TSAWSUME_BUILD: JSON.stringify(build),
      },
      plugins: [eager],
      codeSplitting: false,
    })),
  );
const output = [...program, ...first];
writeFileSync(join(fresh, 'package.json'), '{"type":"commonjs"}\n');
writeFileSync(join(fresh, 'THIRD-PARTY-NOTICES.txt'), notices(output));
const old = `${fresh}.old`;
if (existsSync(dist)) renameSync(dist, old);
renameSync(fresh, dist);
rmSync(old, { recursive: true, force: true });
if (!process.argv.includes('--quiet')) report(output);

function report(chunks) {
  for (const { fileName, code } of [...chunks].sort((a, b) => (b.code?.length ?? 0) - (a.code?.length ?? 0)))
    console.log(`${String(Math.ceil((code?.length ?? 0) / 1024)).padStart(6)} kB  ${fileName}`);
}
