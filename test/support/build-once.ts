import { execFileSync } from 'node:child_process';
import { IS_EXECUTABLE } from './program';

/** The tests drive the built program, so what they drive is built from what is being tested. An executable is as it is. */
export default function buildOnce(): void {
  if (IS_EXECUTABLE) return;
  execFileSync(process.execPath, ['scripts/build.mjs', '--quiet', '--if-stale'], { stdio: 'inherit' });
}
