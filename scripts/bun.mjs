// Bun, of which the stand-alone executable is made: its npm packages, one for each platform, fetched when they are
// wanted (35 MB each), so that nobody else has to install them.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './sources.mjs';

const VERSION = '1.4.5';

/** What we call a platform, what Bun calls it, and the sum of its package, which npm's registry can't change. */
export const PLATFORMS = {
  'linux-x64': {
    bun: 'linux-x64',
    integrity: 'IWX9BELoGHAUtMonkeSaNaZwXzRk+oDw6Mk+HBFXd3KHYIBNBsIGRupMZPcgNoDbJpLu6gAJjIoIVPZtt1aJ1g==',
  },
  'linux-arm64': {
    bun: 'linux-aarch64',
    integrity: '4BXmsSKnjOrlGWqZV4x/oWa7AVoR+B6lCXddMzOAXBIm3t50eslg9wb66gmtW1AamEQ1l1CDvmmruysEhqOWMg==',
  },
  'linux-x64-musl': {
    bun: 'linux-x64-musl',
    integrity: '10QoW/YfTgnURaGEaHpJCiXjLI2e5iTtfVDaA5JKcyUzaa1cq6cVUY9/Uq5XkYzvtRjHLRe9Oj/lTDIQcxy8HQ==',
  },
  'linux-arm64-musl': {
    bun: 'linux-aarch64-musl',
    integrity: 'XCNc+WvvMAdNNb+OWTogpy+N9wm62fkVeEVLb6how0RZhW5LPi6c7BlkeVCuWps7XjEl2saFpHFa20/1E+PAHg==',
  },
  'darwin-x64': {
    bun: 'darwin-x64',
    integrity: 'qkLPMGHZM9NI6CeHTWwVezzmlo6cC4Ta7yUAjYIWXS366qQcOlcp75t2uZyiuVRBMPS0h9qE0tCcvCHGaFqjJg==',
  },
  'darwin-arm64': {
    bun: 'darwin-aarch64',
    integrity: '4MIFXHmctH2EhAxLXm2/qxNtv17dFtLJylvaOCsrgq6KSqHTs6eW5YSrJjRbJxYUJaR901fsN8JfZOa+CsWpWQ==',
  },
  'windows-x64': {
    bun: 'windows-x64',
    integrity: 'FNvply651vcE/GHgNWz6mZvhmkwBuu8Hw54oNzA+CQog+HW+542rXQmZqNHRkFxazD9L3xi+iTtvO3engAgJfw==',
  },
};

/** The platform that this runs on. */
export function ownPlatform() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const musl = system === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined;
  const name = `${system}-${process.arch}${musl ? '-musl' : ''}`;
  if (PLATFORMS[name] === undefined) throw new Error(`Bun has no build for ${name}`);
  return name;
}

/** The path of Bun's program for a platform; fetched, and its sum compared, if it is not there. */
export function bunFor(platform) {
  const { bun, integrity } = PLATFORMS[platform];
  const folder = join(root, '.bun', VERSION, bun);
  const program = join(folder, 'bin', platform.startsWith('windows') ? 'bun.exe' : 'bun');
  if (existsSync(program)) return program;
  const parent = join(root, '.bun', VERSION);
  mkdirSync(parent, { recursive: true });
  const work = mkdtempSync(join(parent, 'fetch-'));
  try {
    npm(['pack', `@oven/bun-${bun}@${VERSION}`, '--silent', '--pack-destination', work], work);
    const file = `oven-bun-${bun}-${VERSION}.tgz`;
    const sum = createHash('sha512')
      .update(readFileSync(join(work, file)))
      .digest('base64');
    if (sum !== integrity) throw new Error(`${file} is not what it was: its sha512 is ${sum}`);
    run('tar', ['-xzf', file], work);
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(work, 'package'), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return program;
}

/** npm itself, as it started us; it is a script, which Windows can't start as a program. */
function npm(args, cwd) {
  const script = process.env.npm_execpath;
  if (script === undefined) run('npm', args, cwd);
  else run(process.execPath, [script, ...args], cwd);
}

/** Runs a program, and fails with it. */
export function run(program, args, cwd) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed (${status}):\n${stdout}${stderr}`);
}
