import { Script } from 'node:vm';
import { codeFolder, readKept, readSource, type CodeFolder } from './io/kept-code';
import { ownHomeOf } from './io/own-home';

/** Replaced by the build: a hash of all it wrote. */
declare const TSAWSUME_BUILD: string;

/** No more ways than this are told apart; later ones do without. */
const MOST_WAYS = 40;
const MAIN = 'bin.js';
/** `io/keep-code`, an entry of the program's bundle. */
const KEEPER = './keep-code.js';

/** One of our files, loaded in this run. */
interface Loaded {
  readonly file: string;
  /** Its name without the ending. All but the main file's has a hash of what is in it: two of them may be `index`. */
  readonly name: string;
  readonly module: { exports: unknown };
  readonly script: Script;
  /** The ways that its kept code knows; undefined: there is none, or V8 would not have it. */
  readonly ways: readonly string[] | undefined;
}

/**
 * Runs the line. Loads the program as `require` would, from the bytecode of earlier runs where there is some; and when
 * the run has gone well in a way that is new, keeps what V8 made of it. All of that may fail, and nothing is lost but
 * time.
 */
function start(): void {
  const loaded = new Map<string, Loaded>();
  const home = ownHomeOf(process.env, process.platform);
  const folder = home === undefined ? undefined : codeFolder(home, TSAWSUME_BUILD);
  const load = loader(folder, loaded);
  load(`./${MAIN}`);
  if (folder === undefined) return;
  process.once('exit', (code) => {
    if (code === 0 && !isQuestion(process.argv)) keep(folder, [...loaded.values()], () => load(KEEPER));
  });
}

/** Loads one of our files, or a module of Node's. */
type Load = (id: string) => unknown;

function loader(folder: CodeFolder | undefined, loaded: Map<string, Loaded>): Load {
  const load: Load = (id) => {
    if (!id.startsWith('./')) return builtin(id);
    const file = id.slice(2);
    const before = loaded.get(file);
    if (before !== undefined) return before.module.exports;
    const { one, run } = compile(file, folder);
    // Before it runs: two files may need each other.
    loaded.set(file, one);
    Reflect.apply(run, undefined, [one.module.exports, load, one.module, `${__dirname}/${file}`, __dirname]);
    return one.module.exports;
  };
  return load;
}

/** As `require` does it, but for the way there (0.5 ms). All that is no part of Node's is in the bundle. */
function builtin(id: string): unknown {
  const found: unknown = process.getBuiltinModule(id);
  if (found === undefined) throw Object.assign(new Error(`no module ${id}`), { code: 'MODULE_NOT_FOUND' });
  return found;
}

/** The build writes each file as the function that makes a module of it. */
function compile(file: string, folder: CodeFolder | undefined): { one: Loaded; run: () => unknown } {
  const name = file.slice(0, -'.js'.length);
  const filename = `${__dirname}/${file}`;
  // Before the code, which lasts until the next is read.
  const source = readSource(filename);
  const kept = folder && readKept(folder, name);
  const script = new Script(source, {
    filename,
    ...(kept === undefined ? {} : { cachedData: kept.code }),
  });
  const ways = script.cachedDataRejected === false ? kept?.ways : undefined;
  const run: unknown = script.runInThisContext();
  if (!isFunction(run)) throw new Error(`${file} is not what the build wrote`);
  return { one: { file, name, module: { exports: {} }, script, ways }, run };
}

const isFunction = (value: unknown): value is () => unknown => typeof value === 'function';

/** Help and the version end before the program proper has begun: not worth keeping. */
const isQuestion = (argv: readonly string[]): boolean =>
  argv.some((word) => /^(?:-h|--help|-v|--version)$/.test(word));

/** The files that a run has loaded are its way. The main file learns each; of the others one way is enough. */
function keep(folder: CodeFolder, all: readonly Loaded[], loadKeeper: () => unknown): void {
  const way = all
    .map(({ name }) => name)
    .sort()
    .join(' ');
  const isNew = ({ file, ways }: Loaded): boolean =>
    ways === undefined || (file === MAIN && !ways.includes(way) && ways.length < MOST_WAYS);
  const fresh = all.filter(isNew);
  if (fresh.length === 0) return;
  const keeper = loadKeeper();
  if (!isKeeper(keeper)) return;
  const keeps = fresh.map(({ name, script, ways }) => ({
    file: name,
    code: script.createCachedData(),
    ways: [...(ways ?? []), way],
  }));
  keeper.keepCode(folder, keeps, Date.now());
}

const isKeeper = (loaded: unknown): loaded is typeof import('./io/keep-code') =>
  typeof loaded === 'object' && loaded !== null && 'keepCode' in loaded;

start();
