// Figures as Markdown, and their place in docs/performance.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const HEAD = [
  '',
  'wall, ms',
  'beside it, ms',
  'wall ratio',
  'CPU, ms',
  'CPU ratio',
  'peak memory, MB',
  'files opened',
  'JavaScript, KB',
  'STS calls',
];

const one = (value) => value.toFixed(1);

/** A row of the table; `undefined` becomes a dash. */
function line({ name, result, files, script, calls, why }) {
  if (why !== undefined) return [name, ...HEAD.slice(1).map(() => '–')];
  return [
    name,
    one(result.ms),
    one(result.beside.ms),
    result.ratio.toFixed(2),
    one(result.cpu),
    result.cpuRatio.toFixed(2),
    one(result.rss / 1024),
    files ?? '–',
    script ? (script / 1000).toFixed(0) : '–',
    calls,
  ];
}

export const table = (measured, head = HEAD) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...measured]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

export const figures = (measured) => table(measured.map(line));

/** Why some have none. */
export const reasons = (measured) =>
  [...new Map(measured.filter(({ why }) => why !== undefined).map(({ name, why }) => [name, why]))]
    .map(([name, why]) => `- ${name} ${why}`)
    .join('\n');

/** The few that `.ci/run` prints. On a busy machine the ratio of CPU is the steadier. */
export const ratios = (measured) =>
  measured
    .map(({ name, result: { ms, ratio, cpuRatio, rssRatio } }) => {
      const [wall, cpu, memory] = [ratio, cpuRatio, rssRatio].map((each) => each.toFixed(2));
      return `${wall} × (CPU ${cpu} ×, memory ${memory} ×), ${one(ms)} ms: ${name}`;
    })
    .join('\n');

const [BEGIN, END] = ['<!-- begin: written by npm run bench -->', '<!-- end: written by npm run bench -->'];

/** Puts `text` between the marks of a Markdown file. @throws Error where they are missing. */
export async function rewrite(path, text) {
  const before = readFileSync(path, 'utf8');
  const [begin, end] = [before.indexOf(BEGIN), before.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${path} has lost the marks that the figures stand between`);
  const whole = `${before.slice(0, begin + BEGIN.length)}\n\n${text}\n\n${before.slice(end)}`;
  const options = await resolveConfig(path);
  writeFileSync(path, await format(whole, { ...options, filepath: path }));
}
