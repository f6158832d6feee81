// One command's time, and two commands by turns.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const median = (list) => {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

/** The first pairs warm the disk's caches, and let V8's work be kept: they don't count. */
export const WARMING = 2;

/** What runs the commands: one process for all of them, so that its own start is in no figure. */
export class Stopwatch {
  #child = spawn('python3', [join(dirname(fileURLToPath(import.meta.url)), 'timed.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  #lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();

  constructor() {
    this.#child.on('error', (error) => {
      throw new Error(`the bench needs python3 for wait4(2): ${error.message}`);
    });
  }

  /** What `argv` cost. @throws Error where it fails, or prints what it should not: its time means nothing then. */
  async run({ argv, env, prints = /^/ }) {
    this.#child.stdin.write(`${JSON.stringify({ argv, env })}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('timed.py has ended');
    const result = JSON.parse(value);
    const words = argv.join(' ').slice(0, 200);
    if (result.status !== 0) throw new Error(`${words}\nended with ${result.status}: ${result.stderr}`);
    if (!prints.test(result.stdout)) throw new Error(`${words}\nprinted ${JSON.stringify(result.stdout)}`);
    return result;
  }

  close() {
    this.#child.stdin.end();
  }
}

/** How many tasks want to run now, the asking one too (proc_loadavg(5)); 0 where the system does not say. */
function wanting() {
  try {
    return Number(/ (\d+)\/\d+ /.exec(readFileSync('/proc/loadavg', 'utf8'))?.[1]);
  } catch {
    return 0;
  }
}

/** Lets others finish, for a fifth of a second at most. */
async function calm() {
  for (let i = 0; i < 10 && wanting() > 1; i += 1) await setTimeout(20);
}

/**
 * Both by turns, so that whatever else the machine does is done to both.
 * @param command gives what to run; `before` each run, outside of the time, it may set the stage.
 * @returns the medians of both, and the median of the ratios pair by pair.
 */
export async function paired(stopwatch, { beside, command, before = () => undefined }, runs) {
  const pairs = [];
  for (let i = 0; i < runs + WARMING; i += 1) {
    await before();
    await calm();
    // Who comes first after a pause finds the processor's caches cold: a tenth of `node -e 0`, in favour of the second.
    await stopwatch.run(beside);
    const first = await stopwatch.run(beside);
    const second = await stopwatch.run(await command());
    if (i >= WARMING) pairs.push([first, second]);
  }
  const of = (which, what) => median(pairs.map((pair) => pair[which][what]));
  const ratioOf = (what) => median(pairs.map(([a, b]) => b[what] / a[what]));
  const figures = (which) => ({ ms: of(which, 'ms'), cpu: of(which, 'cpu'), rss: of(which, 'rss') });
  return {
    ...figures(1),
    beside: figures(0),
    ratio: ratioOf('ms'),
    cpuRatio: ratioOf('cpu'),
    rssRatio: ratioOf('rss'),
  };
}

const hasStrace = spawnSync('strace', ['-V']).status === 0;

/**
 * One run that is not timed: the files it opens, and the bytes of those of them that are JavaScript below `root`. Both are
 * undefined where strace is not installed.
 * @param folder where its lists may be, one that is not there yet.
 */
export async function traced(stopwatch, { argv, env, prints }, root, folder) {
  if (!hasStrace) {
    await stopwatch.run({ argv, env, prints });
    return {};
  }
  // A file for each thread: in one for all they break off one another's lines.
  const strace = ['strace', '-ff', '-qq', '-e', 'trace=open,openat', '-o', join(folder, 'trace')];
  mkdirSync(folder);
  await stopwatch.run({ argv: [...strace, ...argv], env, prints });
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  rmSync(folder, { recursive: true });
  const opened = [...text.join('').matchAll(/^open(?:at)?\([^"\n]*"([^"]*)".* = \d+$/gm)].map(
    ([, path]) => path,
  );
  const scripts = new Set(opened.filter((path) => /\.[cm]?js$/.test(path)).map((path) => realpathSync(path)));
  const ours = [...scripts].filter((path) => path.startsWith(`${root}/`));
  return { files: opened.length, script: ours.reduce((sum, path) => sum + statSync(path).size, 0) };
}
