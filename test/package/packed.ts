import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const MAJORS = ['20', '22', '24', '26'] as const;

/** The package as `npm pack` makes it, unpacked and installed, each in a folder that nothing else is in. */
export class Packed {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tsawsume-package-'));
  readonly tarball: string;
  /** What `npm install --global` made: bin/tsawsume is in it. */
  readonly prefix = join(this.#folder, 'prefix');

  constructor() {
    this.#npm('pack', '--silent', '--pack-destination', this.#folder);
    const name = readdirSync(this.#folder).find((file) => file.endsWith('.tgz'));
    if (name === undefined) throw new Error('npm pack made nothing');
    this.tarball = join(this.#folder, name);
    execFileSync('tar', ['-xzf', this.tarball, '-C', this.#folder]);
  }

  /** Offline, and with a cache of its own that is empty: what it needs, it brings. */
  install(): void {
    const options = ['--offline', '--no-audit', '--no-fund', '--cache', join(this.#folder, 'cache')];
    this.#npm('install', '--silent', '--global', '--prefix', this.prefix, ...options, this.tarball);
  }

  /** Paths inside the package. */
  files(): readonly string[] {
    const listed = execFileSync('tar', ['-tzf', this.tarball], { encoding: 'utf8' });
    return listed
      .split('\n')
      .filter((path) => path !== '' && !path.endsWith('/'))
      .map((path) => path.replace(/^package\//, ''));
  }

  read(path: string): string {
    return readFileSync(join(this.#folder, 'package', path), 'utf8');
  }

  manifest(): Readonly<Record<string, unknown>> {
    return jsonObject(this.read('package.json'));
  }

  get kilobytes(): { readonly packed: number; readonly unpacked: number } {
    const size = (path: string): number => statSync(path).size;
    const unpacked = this.files().reduce((sum, path) => sum + size(join(this.#folder, 'package', path)), 0);
    return { packed: Math.ceil(size(this.tarball) / 1024), unpacked: Math.ceil(unpacked / 1024) };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #npm(...args: readonly string[]): void {
    execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
}

/** The folder with the `node` of that major. A Node that is missing is a failure, and no skip. */
export function nodeFolder(major: string): string {
  const folder = resolve(process.env['TSAWSUME_NODES'] ?? '.ci/out', `node-${major}`, 'bin');
  try {
    const version = execFileSync(join(folder, 'node'), ['--version'], { encoding: 'utf8' });
    if (version.startsWith(`v${major}.`)) return folder;
  } catch {
    // Said below.
  }
  throw new Error(
    `${folder} has no Node ${major}: run .ci/nodes.sh, or let TSAWSUME_NODES say where they are`,
  );
}

export function jsonObject(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new TypeError('no JSON object');
  return Object.fromEntries(Object.entries(value));
}
