// What an installation puts on the disk.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Packs the build of `root` and installs that below `folder`, offline. @returns bytes, files, and how many packages. */
export function installedSize(root, folder) {
  const [packed, installed] = ['packed', 'installed'].map((name) => join(folder, name));
  mkdirSync(packed);
  const npm = (...args) => execFileSync('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  // The build is fresh already, and others may be using it.
  npm('pack', '--silent', '--ignore-scripts', '--pack-destination', packed);
  const [name] = readdirSync(packed);
  const tarball = join(packed, name);
  const options = ['--offline', '--no-audit', '--no-fund', '--cache', join(folder, 'npm-cache')];
  npm('install', '--silent', '--global', '--prefix', installed, ...options, tarball);
  const modules = join(installed, 'lib/node_modules');
  const files = readdirSync(join(modules, 'tsawsume'), { recursive: true })
    .map((path) => statSync(join(modules, 'tsawsume', path)))
    .filter((stat) => stat.isFile());
  const inside = readdirSync(join(modules, 'tsawsume')).includes('node_modules');
  const others = readdirSync(modules).filter((other) => other !== 'tsawsume' && !other.startsWith('.'));
  if (inside || others.length > 0) throw new Error('the package brought others along');
  return {
    tarball: statSync(tarball).size,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    files: files.length,
  };
}
