import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TsawsumeError } from '../../src/errors';
import { replaceFile, resolveTarget, writePrivateFile } from '../../src/io/private-file';
import { formatIdentity, ownIdentity } from '../../src/io/process-identity';
import { program } from './program';
import { run, scratch, tree } from './support';
import { RUNTIME } from '../support/program';

/** Faults of system calls are injected with it, where it is installed and allowed. */
const hasStrace = run('strace', ['-o', '/dev/null', 'true']).code === 0;

const modeOf = (path: string): number => fs.statSync(path).mode & 0o7777;

describe('replaceFile', () => {
  test('any bytes come back, 0600, and no temp is left', () => {
    const folder = scratch();
    const path = join(folder, 'file');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
        replaceFile(path, bytes, join(folder, 'temp'));
        expect(Buffer.compare(fs.readFileSync(path), Buffer.from(bytes))).toBe(0);
        expect(modeOf(path)).toBe(0o600);
      }),
      { numRuns: 50 },
    );
    expect(tree(folder)).toEqual(['file']);
  });

  test('a failure leaves the old file and no temp', () => {
    const folder = scratch();
    fs.mkdirSync(join(folder, 'target/full'), { recursive: true });
    expect(() => replaceFile(join(folder, 'target'), 'new', join(folder, 'temp'))).toThrow();
    expect(tree(folder)).toEqual(['target', 'target/full']);
  });

  test('a temp that exists already, even as a link, is neither written nor removed', () => {
    const folder = scratch();
    fs.writeFileSync(join(folder, 'other'), 'theirs');
    fs.symlinkSync('other', join(folder, 'temp'));
    expect(() => replaceFile(join(folder, 'file'), 'new', join(folder, 'temp'))).toThrow(/EEXIST/);
    expect(fs.readFileSync(join(folder, 'other'), 'utf8')).toBe('theirs');
    expect(tree(folder)).toEqual(['other', 'temp']);
  });

  test.each(['0', '022', '077', '0777'])('umask %s: 0600 from birth, as the kernel saw it', (umask) => {
    const folder = scratch();
    const script = program(
      `import { replaceFile } from '@src/io/private-file';
       process.umask(0o${umask});
       replaceFile(process.argv[2] + '/file', 'x', process.argv[2] + '/temp');`,
    );
    execFileSync('env', [...RUNTIME, script, folder]);
    expect(modeOf(join(folder, 'file'))).toBe(0o600);
    if (!hasStrace) return;
    // A file for each thread: in one for all, a line may begin in the middle of another.
    const log = join(scratch(), 'log');
    run('strace', ['-ff', '-o', log, '-e', 'trace=openat,open,fchmod,chmod', ...RUNTIME, script, folder]);
    const calls = fs
      .readdirSync(dirname(log))
      .flatMap((name) => fs.readFileSync(join(dirname(log), name), 'utf8').split('\n'))
      .filter((line) => line.includes('O_CREAT') || line.includes('chmod('));
    expect(calls.filter((line) => !line.includes(', 0600)'))).toEqual([]);
    expect(calls.length).toBeGreaterThanOrEqual(2);
  });

  /** What a full disk, a quota, or a device gone bad do at each step; a write that ends early without an error. */
  test.skipIf(!hasStrace).each([
    ['write', 'error=ENOSPC'],
    ['write', 'error=EDQUOT'],
    ['write', 'retval=3'],
    ['fsync', 'error=EIO'],
    ['rename', 'error=ENOSPC'],
    ['fchmod', 'error=EPERM'],
  ])('%s with %s: old bytes, an error, no temp', (call, fault) => {
    const folder = scratch();
    const path = join(folder, 'file');
    fs.writeFileSync(path, 'old');
    const script = program(
      `import { replaceFile } from '@src/io/private-file';
       try { replaceFile(process.argv[2] + '/file', 'new bytes', process.argv[2] + '/temp'); } catch (e) { process.exitCode = 7; }`,
    );
    const inject = `--inject=${call}:${fault}`;
    // -P: only calls on these two paths are touched.
    const paths = ['-P', path, '-P', join(folder, 'temp')];
    expect(run('strace', ['-f', '-o', '/dev/null', ...paths, inject, ...RUNTIME, script, folder]).code).toBe(
      7,
    );
    expect(fs.readFileSync(path, 'utf8')).toBe('old');
    expect(tree(folder)).toEqual(['file']);
  });

  test('a file size limit of nothing is an error like any other', () => {
    const folder = scratch();
    const script = program(
      `import { replaceFile } from '@src/io/private-file';
       try { replaceFile(process.argv[2] + '/file', 'x', process.argv[2] + '/temp'); } catch (e) { console.log(e.code); }`,
    );
    const limited = run('sh', ['-c', 'ulimit -f 0; "$0" "$@"', ...RUNTIME, script, folder]);
    expect(limited.out).toBe('EFBIG\n');
    expect(tree(folder)).toEqual([]);
  });
});

describe('writePrivateFile', () => {
  const refusal = (act: () => void): TsawsumeError => {
    try {
      act();
    } catch (error) {
      if (error instanceof TsawsumeError) return error;
      throw error;
    }
    throw new Error('was not refused');
  };

  test('a new file, an old one with wide permissions: 0600 afterwards', () => {
    const folder = scratch();
    fs.writeFileSync(join(folder, 'old'), 'old', { mode: 0o666 });
    fs.chmodSync(join(folder, 'old'), 0o666);
    for (const name of ['old', 'new']) {
      writePrivateFile(join(folder, name), 'text');
      expect(fs.readFileSync(join(folder, name), 'utf8')).toBe('text');
      expect(modeOf(join(folder, name))).toBe(0o600);
    }
    expect(tree(folder)).toEqual(['new', 'old']);
  });

  test('through links of two hops, relative, absolute and dangling: the links stay', () => {
    const folder = scratch();
    fs.mkdirSync(join(folder, 'a/b'), { recursive: true });
    fs.symlinkSync('a/b', join(folder, 'folder'));
    fs.symlinkSync('folder/../link', join(folder, 'first'));
    fs.symlinkSync(join(folder, 'real'), join(folder, 'a/link'));
    writePrivateFile(join(folder, 'first'), 'text');
    expect(fs.readFileSync(join(folder, 'real'), 'utf8')).toBe('text');
    expect(fs.readlinkSync(join(folder, 'first'))).toBe('folder/../link');
    expect(resolveTarget(join(folder, 'first'))).toBe(join(folder, 'real'));
    expect(tree(folder)).toEqual(['a', 'a/b', 'a/link', 'first', 'folder', 'real']);
  });

  test('a loop, a folder, a FIFO, a device, no folder: refused in one line that names the path', () => {
    const folder = scratch();
    fs.symlinkSync('loop2', join(folder, 'loop'));
    fs.symlinkSync('loop', join(folder, 'loop2'));
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    fs.writeFileSync(join(folder, 'plain'), '');
    const paths = ['loop', '', '.', '..', 'fifo', 'none/file', 'plain/file', 'plain/'].map((name) =>
      join(folder, name),
    );
    for (const path of [...paths, `${folder}/plain/`, '/dev/null', '']) {
      const { message, kind } = refusal(() => writePrivateFile(path, 'secret'));
      expect(kind).toBe('refused');
      expect(message).toContain(path);
      expect(message).not.toMatch(/\n|secret|\.tsawsume-/);
    }
    expect(tree(folder)).toEqual(['fifo', 'loop', 'loop2', 'plain']);
  });

  test('the temp of a killed run is removed by the next write; that of a living one, and foreign files, stay', () => {
    const folder = scratch();
    const own = ownIdentity();
    const tempOf = (identity: string): string => `.out.tsawsume-${identity}.0123456789abcdef`;
    const dead = tempOf(formatIdentity({ ...own, start: own.start + 1 }));
    const alive = tempOf(formatIdentity(own));
    const foreign = ['.out.tsawsume-notes', '.outer.tsawsume-1'];
    for (const name of [dead, alive, ...foreign]) fs.writeFileSync(join(folder, name), 'x');
    writePrivateFile(join(folder, 'out'), 'text');
    expect(tree(folder)).toEqual([...foreign, alive, 'out'].sort());
  });
});
