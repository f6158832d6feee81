// The generated part of docs/performance.md.
import { readFileSync } from 'node:fs';
import { arch, cpus, getPriority, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { installedSize } from './package-size.mjs';
import { figures, reasons, rewrite, table } from './table.mjs';

const KB = 1000;

/** How many processes want to run, a minute's mean: above the number of cores the machine was busy with more than us. */
export const load = () => loadavg()[0].toFixed(1);

function machine({ runs, peerRuns, versions, seconds, loads: [before, after] }) {
  const [{ model }] = cpus();
  const nice = getPriority() === 0 ? '' : `, at nice ${getPriority()}`;
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GB`;
  return [
    `- ${new Date().toISOString().slice(0, 10)}, ${model.trim()}, ${cpus().length} cores, ${memory}; ${type()} ${release()}, ${arch()}.`,
    `- ${versions.join(', ')}.`,
    `- ${runs} pairs a row, ${peerRuns} for the peers${nice}; the load of the machine was ${before} when it began and ${after} ${Math.ceil(seconds / 60)} minutes later.`,
    '- `npm run bench` makes these tables anew.',
  ].join('\n');
}

function disk(root, folder, stored) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { tarball, bytes, files } = installedSize(root, folder);
  const rows = [
    ['peak memory of a stored session', `${stored.result.rssRatio.toFixed(2)} × \`node -e 0\``, '1.1 ×'],
    [`the npm package ${version}, installed`, `${(bytes / KB).toFixed(0)} KB in ${files} files`, '2,000 KB'],
    ['the same, to be downloaded', `${(tarball / KB).toFixed(0)} KB`, ''],
    ['packages that it brings along', '0', '0'],
  ];
  return table(rows, ['', 'measured', 'limit']);
}

/** @param found what was measured: `bare`, and the rows by heading, those of the peers by job. */
export async function writeReport(root, folder, found) {
  const { bare, main, growth, binary, jobs } = found;
  const stored = main.find(({ name }) => name === 'a stored session, 3 steps');
  const sections = [
    machine(found),
    '### Every day',
    figures([bare, ...main]),
    '### Growth',
    figures([bare, ...growth]),
    ...(binary.length === 0 ? [] : ['### The executable', figures([bare, ...binary])]),
    '### Beside others',
    ...Object.entries(jobs).flatMap(([job, rows]) => [`For ${job}:`, figures([bare, ...rows])]),
    reasons(Object.values(jobs).flat()),
    '### Memory and disk',
    disk(root, folder, stored),
  ];
  await rewrite(join(root, 'docs/performance.md'), sections.join('\n\n'));
}
