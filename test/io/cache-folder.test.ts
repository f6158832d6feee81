import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SessionStore } from '../../src/core/ports';
import { formatIdentity, ownIdentity } from '../../src/io/process-identity';
import { openStore } from '../../src/io/session-store';
import { program, start } from './program';
import { ended, entry, pause, revealed, run, scratch, T0, tree } from './support';
import { RUNTIME } from '../support/program';

const root = process.getuid?.() === 0;
/** More on demand. */
const KILLS = Number(process.env['TSAWSUME_TEST_KILLS'] ?? 30);

const modeOf = (path: string): number => fs.lstatSync(path).mode & 0o7777;
const name = `${'a'.repeat(32)}.json`;

let home: string;
let cache: string;
let warnings: string[];

beforeEach(() => {
  home = join(scratch(), '.tsawsume');
  cache = join(home, 'cache');
  warnings = [];
});

function open(at: string | undefined = home): SessionStore {
  return openStore({ home: at, now: () => T0 + 1000, warn: (line) => warnings.push(line) });
}

const stored = (): unknown => revealed(open().read(entry().key, entry().inputs));

describe('a folder that can not be believed', () => {
  test.each([0o777, 0o770, 0o701, 0o750])('open to others (%o): closed and emptied', (mode) => {
    open().write(entry());
    open().remember('fact', {});
    fs.writeFileSync(join(cache, 'notes'), 'not ours to remove');
    fs.chmodSync(cache, mode);
    expect(stored()).toBeUndefined();
    expect(modeOf(cache)).toBe(0o700);
    expect(tree(cache)).toEqual(['notes', 'tmp']);
    open().write(entry());
    expect(stored()).toEqual(revealed(entry()));
  });

  test.skipIf(!root)('of another owner: left alone, unstored, one warning', () => {
    open().write(entry());
    fs.chownSync(cache, 65_534, 65_534);
    const store = open();
    expect(store.read(entry().key, entry().inputs)).toBeUndefined();
    store.write(entry({ profile: entry().profile }));
    store.remember('fact', {});
    expect(warnings).toEqual([`sessions can't be stored: ${cache} is not a folder of our own.`]);
    expect(tree(cache)).toEqual([name, 'tmp']);
  });

  test('a link, a FIFO, a file in its place: nothing is followed, nothing waits, one warning', () => {
    const elsewhere = join(scratch(), 'elsewhere');
    fs.mkdirSync(elsewhere, 0o700);
    fs.writeFileSync(join(elsewhere, name), 'theirs', { mode: 0o600 });
    fs.mkdirSync(home);
    const places = [
      () => fs.symlinkSync(elsewhere, cache),
      () => execFileSync('mkfifo', [cache]),
      () => fs.writeFileSync(cache, ''),
      () => fs.symlinkSync('cache', cache),
    ];
    for (const place of places) {
      fs.rmSync(cache, { force: true });
      place();
      warnings = [];
      const store = open();
      expect([store.read(entry().key, entry().inputs), store.all(), store.clear()]).toEqual([
        undefined,
        [],
        0,
      ]);
      store.write(entry());
      store.remember('fact', {});
      expect(warnings.length).toBe(1);
    }
    expect(fs.readFileSync(join(elsewhere, name), 'utf8')).toBe('theirs');
    expect(tree(elsewhere)).toEqual([name]);
  });

  test('a link in the place of tmp: replaced; nothing is written or removed where it leads', () => {
    const elsewhere = join(scratch(), 'elsewhere');
    fs.mkdirSync(elsewhere);
    fs.writeFileSync(join(elsewhere, 'old'), 'theirs');
    fs.utimesSync(join(elsewhere, 'old'), 1, 1);
    open().write(entry());
    fs.rmdirSync(join(cache, 'tmp'));
    fs.symlinkSync(elsewhere, join(cache, 'tmp'));
    expect(stored()).toBeDefined();
    expect(tree(elsewhere)).toEqual(['old']);
    open().write(entry());
    expect(fs.lstatSync(join(cache, 'tmp')).isDirectory()).toBe(true);
    expect(tree(elsewhere)).toEqual(['old']);
  });
});

describe('where nothing can be stored', () => {
  test('no home, a home in no folder, a file for a home: one warning a run, and on it goes', () => {
    fs.writeFileSync(`${home}-file`, '');
    for (const at of [undefined, `${home}/none/here`, `${home}-file`]) {
      warnings = [];
      const store = openStore({ home: at, now: () => T0, warn: (line) => warnings.push(line) });
      store.write(entry());
      store.write(entry());
      store.remember('fact', {});
      expect([store.read(entry().key, entry().inputs), store.recall('fact'), store.clear()]).toEqual([
        undefined,
        undefined,
        0,
      ]);
      expect(warnings.length).toBe(1);
      expect(warnings[0]).toMatch(/^sessions can't be stored: [^\n]+\.$/);
      expect(warnings[0]).not.toContain('secret');
    }
  });

  test('a file size limit of nothing; a folder that another user may not write to', () => {
    const script = program(
      `import { openStore } from '@src/io/session-store';
       import { entry } from '${import.meta.dirname}/support-entry';
       if (process.argv[3]) { process.setgid(65534); process.setuid(65534); }
       const store = openStore({ home: process.argv[2], now: Date.now, warn: (line) => console.log(line) });
       store.write(entry()); store.write(entry()); store.remember('x', {});`,
    );
    const limited = run('sh', ['-c', 'ulimit -f 0; "$0" "$@"', ...RUNTIME, script, home]);
    expect([limited.code, limited.out]).toEqual([
      0,
      `sessions can't be stored: ${cache}: EFBIG: file too large.\n`,
    ]);
    expect(tree(cache)).toEqual(['tmp']);
    if (!root) return;
    fs.chmodSync(join(script, '..'), 0o755);
    const denied = run('env', [...RUNTIME, script, home, 'as nobody']);
    expect([denied.code, denied.out.split('\n').length, denied.err]).toEqual([0, 2, '']);
  });
});

/** In a mount namespace of its own: nothing of it outlives the command. */
describe.skipIf(run('unshare', ['--mount', 'true']).code !== 0)('on a file system', () => {
  const script = program(
    `import { openLocks } from '@src/io/lock';
     import { openStore } from '@src/io/session-store';
     import { entry } from '${import.meta.dirname}/support-entry';
     const home = process.argv[2];
     const store = openStore({ home, now: Date.now, warn: (line) => console.log(line) });
     const lock = openLocks({ home, now: Date.now }).tryAcquire('x');
     store.write(entry()); store.write(entry()); store.remember('x', {}); store.clear();
     lock.doing('asking'); lock.release();`,
  );
  const on = (mount: string, prepare: string): ReturnType<typeof run> => {
    const commands = `${mount} && ${prepare} && "$@" && find "$0" -type f ! -name fill`;
    fs.mkdirSync(home);
    return run('unshare', ['--mount', 'sh', '-c', `cd / && ${commands}`, home, ...RUNTIME, script, home]);
  };

  test('that is read-only: one warning', () => {
    const { code, out } = on('mount -t tmpfs none "$0"', 'mount -o remount,ro "$0"');
    expect([code, out]).toEqual([0, `sessions can't be stored: ${cache}: EROFS: read-only file system.\n`]);
  });

  test('that is full, before or after its folders were made: one warning, nothing left', () => {
    const fill = '{ dd if=/dev/zero of="$0/fill" bs=1k 2>/dev/null || true; }';
    const folders = 'mkdir -m 700 "$0/cache" "$0/cache/tmp" "$0/cache/locks"';
    for (const prepare of [fill, `${folders} && ${fill}`]) {
      const { code, out } = on('mount -t tmpfs -o size=64k none "$0"', prepare);
      expect([code, out]).toEqual([
        0,
        `sessions can't be stored: ${cache}: ENOSPC: no space left on device.\n`,
      ]);
      fs.rmdirSync(home);
    }
  });
});

describe('modes and leftovers', () => {
  test.each([0, 0o77, 0o777])('umask %o: 0700 and 0600, and it works', (umask) => {
    const before = process.umask(umask);
    try {
      open().write(entry());
      open().remember('fact', {});
      expect(stored()).toBeDefined();
    } finally {
      process.umask(before);
    }
    const modes = tree(cache).map((one) => modeOf(join(cache, one)));
    expect([modeOf(home), modeOf(cache), ...modes]).toEqual([0o700, 0o700, 0o600, 0o600, 0o700]);
    expect(warnings).toEqual([]);
  });

  test('what dead processes left in tmp goes with the next run, also one that only reads; what the living have stays', () => {
    open().write(entry());
    const own = ownIdentity();
    const temps = {
      alive: own,
      reused: { ...own, start: own.start - 1 },
      gone: { ...own, pid: 2 ** 22 + 1 },
      rebooted: { ...own, boot: 'abc' },
      elsewhere: { ...own, space: '1' },
      elsewhereLongAgo: { ...own, host: '0123456789ab', boot: 'abc' },
    };
    const path = (identity: typeof own): string =>
      join(cache, 'tmp', `${formatIdentity(identity)}.0123456789abcdef`);
    for (const identity of Object.values(temps)) {
      fs.writeFileSync(path(identity), 'secret');
      fs.utimesSync(path(identity), T0 / 1000, T0 / 1000);
    }
    fs.utimesSync(path(temps.elsewhereLongAgo), T0 / 1000 - 1000, T0 / 1000 - 1000);
    fs.writeFileSync(join(cache, 'tmp', 'unknown'), '');
    expect(stored()).toBeDefined();
    const kept = [temps.alive, temps.elsewhere].map((identity) => path(identity));
    expect(
      tree(join(cache, 'tmp'))
        .map((one) => join(cache, 'tmp', one))
        .filter((one) => !one.endsWith('unknown')),
    ).toEqual(kept.sort());
  });

  test(
    'a busy writer killed again and again: no bad entry, and nothing left after the next run',
    { timeout: 30_000 + KILLS * 1000 },
    async () => {
      const script = program(
        `import { openStore } from '@src/io/session-store';
       import { entry } from '${import.meta.dirname}/support-entry';
       import { Secret } from '@src/core/secret';
       const store = openStore({ home: process.argv[2], now: Date.now, warn: (line) => console.error(line) });
       process.stdout.write('ready\\n');
       for (let n = 0; ; n += 1) {
         const one = entry();
         store.write({ ...one, session: { ...one.session, sessionToken: new Secret('T'.repeat(1 + (n % 50) * 1000)) } });
       }`,
      );

      let orphans = 0;
      for (let round = 0; round < KILLS; round += 1) {
        const child = start(script, home);
        await new Promise((resolve) => child.stdout?.once('data', resolve));
        await pause(Math.random() * 15);
        child.kill('SIGKILL');
        await ended(child);
        orphans += fs.existsSync(join(cache, 'tmp')) ? tree(join(cache, 'tmp')).length : 0;
        const known = fs.existsSync(join(cache, name));
        expect(stored() !== undefined).toBe(known);
        // Killed before its first write it has not even made the folder.
        const found = fs.existsSync(cache) ? tree(cache) : [];
        expect(found).toEqual(known ? [name, 'tmp'] : found.filter((one) => one === 'tmp'));
      }
      console.log(
        `${KILLS} kills of a busy writer: nothing corrupt, ${orphans} orphans, none after the next run`,
      );
      // The kills do hit writes: a few of them left something to clean up.
      if (KILLS >= 30) expect(orphans).toBeGreaterThan(0);
    },
  );
});
