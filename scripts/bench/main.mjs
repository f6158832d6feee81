// How long tsawsume takes, beside the runtime's own start and beside its peers.
//
//   npm run bench               everything, into docs/performance.md
//   npm run bench -- --quick    a few rows, to stdout: has it become slower?
//
// BENCH_RUNS: how many pairs a row is measured by. TSAWSUME_BIN: the executable that is measured beside the Node build.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atOnce, byLinks, byProfiles } from './growth.mjs';
import { reason } from './install.mjs';
import { WARMING, paired, traced } from './measure.mjs';
import { AFRESH, STORED, installPeers, ownJobs, peerJobs, versionOf } from './peer-rows.mjs';
import { load, writeReport } from './report.mjs';
import { Subject, bareNode, rows } from './rows.mjs';
import { ratios } from './table.mjs';
import { World } from './world.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const quick = process.argv.includes('--quick');
const runs = Number(process.env.BENCH_RUNS ?? (quick ? 15 : 31));
/** They take so long that chance has less of a part in it. */
const peerRuns = Math.min(runs, 11);
const executable = resolve(process.env.TSAWSUME_BIN ?? join(root, 'dist-binary/tsawsume'));

const build = spawnSync(process.execPath, [join(root, 'scripts/build.mjs'), '--quiet', '--if-stale'], {
  stdio: 'inherit',
});
if (build.status !== 0) process.exit(1);

const loadBefore = load();
const world = await World.open(root, 2 * (runs + WARMING + 1));
try {
  const subjects = [
    new Subject(
      world,
      'tsawsume',
      [process.execPath, join(root, 'bin/tsawsume.js')],
      join(root, 'bin/tsawsume.js'),
    ),
    ...(existsSync(executable) || process.env.TSAWSUME_BIN !== undefined
      ? [new Subject(world, 'tsawsume, the executable', [executable], executable)]
      : []),
  ];
  for (const subject of subjects) await subject.store();
  if (quick) await printRatios(subjects);
  else await writeAll(subjects);
} finally {
  world.close();
}

async function printRatios(subjects) {
  for (const subject of subjects) {
    const measured = [];
    for (const row of rows(subject).filter(({ main }) => main))
      measured.push({ ...row, result: await paired(world.stopwatch, row, runs) });
    console.log(
      `${subject.name} beside node -e 0, ${runs} pairs a row, load ${loadBefore}\n${ratios(measured)}`,
    );
  }
}

async function writeAll(subjects) {
  const started = Date.now();
  const [node, binary] = subjects;
  const peers = installPeers(root);
  const versions = [
    `Node ${process.versions.node}`,
    `tsawsume ${(await node.run(node.own(['--version']))).stdout.trim()}`,
    ...new Set(await inTurn(peers, (peer) => versionOf(world, peer))),
  ];
  const beside = [...subjects.flatMap(ownJobs), ...peers.flatMap((peer) => peerJobs(world, peer))];
  const bare = await measure({
    name: '`node -e 0`',
    beside: bareNode(world),
    command: () => bareNode(world),
  });
  const found = {
    bare,
    main: await inTurn(rows(node), measure),
    binary: binary === undefined ? [] : await inTurn(rows(binary), measure),
    jobs: {},
    growth: await inTurn([...byProfiles(node), ...byLinks(node)], measure),
  };
  for (const job of [STORED, AFRESH]) {
    const same = beside.filter((row) => row.job === job);
    found.jobs[job] = await inTurn(same, (row) => (row.foreign ? measureForeign(row) : measure(row)));
  }
  const loads = [loadBefore, load()];
  // At the end, for it makes a load itself.
  found.growth.push(...(await inTurn(subjects.flatMap(atOnce), measure)));
  const seconds = (Date.now() - started) / 1000;
  await writeReport(root, world.folder, { ...found, versions, runs, peerRuns, seconds, loads });
}

async function inTurn(list, action) {
  const results = [];
  for (const each of list) results.push(await action(each));
  return results;
}

/** Measures a row, then runs it once more for what may not be timed: the files it opens and the calls it makes. */
async function measure(row) {
  process.stderr.write(`${row.job === undefined ? '' : `${row.job}: `}${row.name}\n`);
  if (row.why !== undefined) return row;
  await row.prepare?.();
  const result = await paired(world.stopwatch, row, row.runs ?? runs);
  await row.before?.();
  await world.ask('calls');
  const opened = await traced(world.stopwatch, await row.command(), root, join(world.folder, 'traces'));
  return { ...row, result, ...opened, calls: (await world.ask('calls')).length };
}

/** What somebody else's program does wrong is told below the table; ours would end the bench. */
async function measureForeign(row) {
  try {
    return await measure({ ...row, runs: peerRuns });
  } catch (error) {
    return { ...row, why: `does not do it: ${reason(error.message)}` };
  }
}
