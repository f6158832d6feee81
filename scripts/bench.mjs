// How long tsawsume takes beside the runtime's own start (`node -e 0`): paired runs (A B A B …), medians, ratios.
// It runs inside `tsawsume sandbox`, so the STS it calls is a process on loopback.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const program = [process.execPath, join(root, 'bin/tsawsume.js')];
const runs = Number(process.env.BENCH_RUNS ?? 31);

if (process.argv[2] !== '--inside') {
  const build = spawnSync(process.execPath, [join(root, 'scripts/build.mjs'), '--quiet', '--if-stale'], {
    stdio: 'inherit',
  });
  if (build.status !== 0) process.exit(1);
  const inside = [
    ...program.slice(1),
    'sandbox',
    '--',
    process.execPath,
    fileURLToPath(import.meta.url),
    '--inside',
  ];
  process.exit(spawnSync(process.execPath, inside, { stdio: 'inherit' }).status ?? 1);
}

const bare = [process.execPath, '-e', '0'];
const home = process.env.HOME;
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Wall milliseconds of one run; it must succeed, or its time means nothing. stdout and stderr are pipes, as in `$(…)`. */
function time([command, ...args], env = {}) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, { env: { ...process.env, ...env } });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return ms;
}

/** Both by turns, so that whatever else the machine does is done to both. */
function paired(name, a, b, { before = () => undefined, env = {}, n = runs } = {}) {
  const [first, second] = [[], []];
  for (let i = 0; i < n + 2; i += 1) {
    before();
    const pair = [time(a.command ?? a, a.env), time(b, env)];
    // The first two warm the caches of the disk.
    if (i >= 2) {
      first.push(pair[0]);
      second.push(pair[1]);
    }
  }
  const [x, y] = [median(first), median(second)];
  const ratio = median(second.map((ms, i) => ms / first[i]));
  console.log(
    `| ${name} | ${x.toFixed(1)} | ${y.toFixed(1)} | ${ratio.toFixed(2)} | ${(y - x).toFixed(1)} |`,
  );
}

const own = (...args) => [...program, ...args];
const store = mkdtempSync(join(tmpdir(), 'tsawsume-bench-'));
const fresh = { TSAWSUME_HOME: join(store, 'fresh') };
const forget = () => rmSync(fresh.TSAWSUME_HOME, { recursive: true, force: true });

function withProfiles(count) {
  const file = join(store, `config-${count}`);
  writeFileSync(file, readFileSync(join(home, '.aws/config')));
  const profile = (i) =>
    `\n[profile generated-${i}]\nrole_arn = arn:aws:iam::111122223333:role/r${i}\nsource_profile = dev\nregion = eu-central-1\n`;
  appendFileSync(file, Array.from({ length: count }, (_, i) => profile(i)).join(''));
  return file;
}

try {
  console.log(
    `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.version}, ${runs} paired runs, medians\n`,
  );
  console.log('| tsawsume … | beside: ms | ms | ratio | more, ms |\n|---|---|---|---|---|');
  paired('--version, beside node -e 0', bare, own('--version'));
  time(own('reader'));
  paired('a stored session, beside node -e 0', bare, own('reader'));
  const hook = `eval "$(tsawsume init bash)"; for i in 1 2 3 4 5; do tsawsume reader; done`;
  const five = ['bash', '-c', `for i in 1 2 3 4 5; do ${process.execPath} -e 0; done`];
  paired('a stored session through the bash function (5 runs and init), beside node -e 0 (5)', five, [
    'bash',
    '-c',
    hook,
  ]);
  paired('--unset, beside node -e 0', bare, own('--unset'));
  paired("status --format '{profile}', beside node -e 0", bare, own('status', '--format', '{profile}'));
  paired('explain, beside node -e 0', bare, own('explain', 'deployer'));
  paired('exec … true, stored, beside node -e 0', bare, own('exec', 'reader', '--', 'true'));
  paired('one AssumeRole, nothing stored, beside node -e 0', bare, own('reader'), {
    before: forget,
    env: fresh,
  });
  const small = { command: own('reader'), env: {} };
  for (const count of [100, 1_000, 10_000]) {
    paired(`a stored session with ${count} profiles, beside 9 profiles`, small, own('reader'), {
      env: { AWS_CONFIG_FILE: withProfiles(count) },
    });
  }
} finally {
  rmSync(store, { recursive: true, force: true });
}
