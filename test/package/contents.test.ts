import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonObject, Packed } from './packed';

const TOP = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'bin/tsawsume.js', 'package.json'];
/** What bundled packages try for features that tsawsume has no use for: Kerberos proxies and SigV4a. */
const NEVER_LOADED = ['@aws-sdk/signature-v4-crt', '@aws-sdk/signature-v4a', 'kerberos'];
/** Imported by code that nothing calls yet, so that the build leaves it out. */
const LEFT_OUT = ['chalk'];
const NOTICES = 'dist/THIRD-PARTY-NOTICES.txt';

/** What a user takes in with an install: the less it is, the less there is to trust. */
describe('the package', () => {
  let packed: Packed;

  beforeAll(() => {
    packed = new Packed();
    const { packed: zipped, unpacked } = packed.kilobytes;
    console.log(`the package: ${zipped} kB packed, ${unpacked} kB unpacked, ${packed.files().length} files`);
  });
  afterAll(() => packed.remove());

  it('holds the program, its papers, and nothing else', () => {
    const files = packed.files();
    expect(files.filter((path) => !path.startsWith('dist/')).sort()).toEqual(TOP);
    const dist = files.filter((path) => path.startsWith('dist/'));
    expect(dist).toContain('dist/bin.js');
    // No maps, no source, no tests, no folder inside.
    const known = /^dist\/(?:[\w.-]+\.js|package\.json|THIRD-PARTY-NOTICES\.txt)$/;
    expect(dist.filter((path) => !known.test(path))).toEqual([]);
  });

  it('has no dependencies', () => {
    const manifest = packed.manifest();
    const kinds = Object.keys(manifest).filter(
      (key) => /dependencies$/i.test(key) && key !== 'devDependencies',
    );
    expect(kinds).toEqual([]);
  });

  it('runs no script when it is installed', () => {
    const { scripts } = packed.manifest();
    const names = Object.keys(jsonObject(JSON.stringify(scripts ?? {})));
    const atInstall = /^(?:pre|post)?(?:install|uninstall|prepare|prepublish)$|^dependencies$/;
    expect(names.filter((name) => atInstall.test(name))).toEqual([]);
    // npm makes an install script of this file by itself.
    expect(packed.files()).not.toContain('binding.gyp');
  });

  it('loads nothing from outside itself but Node’s own modules', () => {
    const scripts = packed.files().filter((path) => path.endsWith('.js'));
    const wanted = scripts.flatMap((path) =>
      [...packed.read(path).matchAll(/\b(?:require|import)\(\s*(["'`])([^"'`]+)\1\s*\)/g)].map(
        (match) => match[2] ?? '',
      ),
    );
    expect(wanted.length).toBeGreaterThan(5);
    const own = wanted.filter((name) => !name.startsWith('node:') && !name.startsWith('.'));
    expect(own.filter((name) => !isBuiltin(name) && !NEVER_LOADED.includes(name))).toEqual([]);
  });

  it('names every package that its source imports, each with its version and the text of its licence', () => {
    const parts = packed
      .read(NOTICES)
      .split(/^={80}$/m)
      .slice(1);
    const named = parts.map((part) => /^\s*(\S+) (\S+) \(/.exec(part));
    const versions = new Map(named.map((match) => [match?.[1] ?? '', match?.[2]]));
    expect(imported().filter((name) => !versions.has(name) && !LEFT_OUT.includes(name))).toEqual([]);
    for (const [name, version] of versions) expect(`${name} ${String(version)}`).toBe(installed(name));
    const bare = parts.filter(
      (part) => !/permission|licen[cs]e[sd]? under|Apache License/i.test(part.slice(60)),
    );
    expect(bare.map((part) => part.trim())).toEqual([]);
  });
});

/** The packages that src names. What these import in turn, the build adds: it knows what went in. */
function imported(): readonly string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  const names = files.flatMap((path) =>
    [
      ...readFileSync(join('src', path), 'utf8').matchAll(
        /^(?!import type\b).*?(?:from|import\() ?'([@a-z][\w@/-]*)'/gm,
      ),
    ].map((match) => /^(?:@[^/]+\/)?[^/]+/.exec(match[1] ?? '')?.[0] ?? ''),
  );
  return [...new Set(names)].filter((name) => !isBuiltin(name));
}

function isBuiltin(name: string): boolean {
  return process.getBuiltinModule(name) !== undefined;
}

function installed(name: string): string {
  const { version } = jsonObject(readFileSync(join('node_modules', name, 'package.json'), 'utf8'));
  return `${name} ${String(version)}`;
}
