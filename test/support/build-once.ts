import { execFileSync } from 'node:child_process';

/** The tests drive the built program, so what they drive is built from what is being tested. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', '--quiet', '--if-stale'], { stdio: 'inherit' });
}
