// `npm run test:binary`: the test suite against the executable that `npm run build:binary` made. What else is written
// after `--` goes to vitest.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './sources.mjs';

const executable = join(root, 'dist-binary', process.platform === 'win32' ? 'tsawsume.exe' : 'tsawsume');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: root,
  env: { ...process.env, TSAWSUME_BIN: executable },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
