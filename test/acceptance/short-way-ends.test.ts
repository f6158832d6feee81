import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatWay, parseWay, type ShortWay } from '../../src/core/short-way';
import { usedLast } from '../../src/io/used-profiles';
import { Pty } from '../io/pty';
import { IS_EXECUTABLE, PROGRAM, run } from '../support/harness';
import { clockAheadOnceWritten } from '../support/short-way-hook';
import { change, sameBothWays, ShortWays, type Case, type Noted } from '../support/short-ways';
import { strings } from '../support/start';

const nothing = (): void => undefined;
/** What is noted of `reader`. */
function wayOf(at: Noted): ShortWay {
  const text = fs.readFileSync(at.way, 'utf8');
  const [, version = ''] = /"version":"([^"]*)"/.exec(text) ?? [];
  const way = parseWay(text, ['', 'reader'], version);
  if (way === undefined) throw new Error('no way is noted');
  return way;
}
const to = (name: string, redirection: string, way: Case['way'] = 'short'): Case =>
  change(name, nothing, { wrap: ['sh', '-c', `"$@" ${redirection}`, 'sh'], way });

/** stdout is a pipe that takes nothing just now, and does not wait. */
const BUSY = `
import os, subprocess, sys, threading, time
r, w = os.pipe()
os.set_blocking(w, False)
while True:
    try: os.write(w, b'#' * 512)
    except BlockingIOError: break
child = subprocess.Popen(sys.argv[1:], stdout=w)
os.close(w)
time.sleep(0.3)
with os.fdopen(r, 'rb') as pipe: text = pipe.read().lstrip(b'#')
sys.stdout.buffer.write(text)
sys.exit(child.wait())`;

/** Where its streams lead to. */
const STREAMS: readonly Case[] = [
  change('stdout takes nothing just now', nothing, { wrap: ['python3', '-c', BUSY], way: 'long' }),
  change('a file may not be so long', nothing, {
    wrap: ['sh', '-c', 'ulimit -f 1; "$@" >"$HOME/out"; code=$?; wc -c <"$HOME/out"; exit $code', 'sh'],
    way: 'short',
  }),
  to('stdout is full', '>/dev/full', 'long'),
  to('stdout is closed', '>&-'),
  to('stderr is full', '2>/dev/full'),
  to('stderr is closed', '2>&-'),
  to('both are full', '>/dev/full 2>&1', 'long'),
  to('stdin is closed', '<&-'),
  to('stdin never ends', '</dev/zero'),
  to('all are closed', '<&- >&- 2>&-'),
  to('nobody reads stdout', '| exec true', 'long'),
];
const TERMINAL: Case = { name: 'a terminal', way: 'short' };
const HOOKED: Case = { name: 'a terminal behind a function', env: { TSAWSUME_SHELL: 'zsh' }, way: 'short' };
const MANY: Case = { name: 'many at once', way: 'short' };
const VERSION: Case = { name: 'another version', way: 'short' };
const FILES: Case = { name: 'the files that the long way opens', way: 'short' };
const STALLED: Case = { name: 'a run that stalls', way: 'short' };
const RECENT = ['with', 'without'].map((name): Case => ({ name, way: 'short' }));
const CASES = [...STREAMS, TERMINAL, HOOKED, MANY, VERSION, FILES, STALLED, ...RECENT];

let ways: ShortWays;
describe.skipIf(IS_EXECUTABLE)("the short way (a hook of Node's sees which is taken)", () => {
  beforeAll(async () => {
    ways = await ShortWays.open(CASES);
  });
  afterAll(() => ways.close());

  it.concurrent.each(STREAMS)('ends as the long way does where $name', async (one) => {
    const { code, stderr } = await sameBothWays(ways.at(one), one);
    const fails = ['stdout is full', 'both are full', 'a file may not be so long'].includes(one.name);
    expect(code, stderr).toBe(fails ? 1 : 0);
    if (one.name === 'stdout is full') expect(stderr).toMatch(/could not be written \(ENOSPC.*\n.*\n$/);
    if (one.name.startsWith('nobody')) expect(stderr).toMatch(/could not be written \(EPIPE/);
    if (one.name.startsWith('a file')) expect(stderr).toMatch(/could not be written \(EFBIG/);
  });

  /** What a terminal shows of it, with its way and without. */
  async function shown(at: Noted): Promise<readonly string[]> {
    const [program, ...args] = [...PROGRAM, at.profile];
    const screens: string[] = [];
    for (const how of ['short', 'long']) {
      if (how === 'long') fs.rmSync(at.way);
      const pty = new Pty(program, args, strings(at.env));
      const { exitCode } = await pty.ended;
      screens.push(`${String(exitCode)} ${pty.screen.replace(/\(in [^)]+\)/g, '')}`);
    }
    return screens;
  }
  it('is not gone at a terminal without the function', async () => {
    const [short, long] = await shown(ways.at(TERMINAL));
    expect(short).toBe(long);
    expect(short).toMatch(/^2 tsawsume: this shell is not hooked up/);
  });
  it('is gone at one behind the function', async () => {
    const [short, long] = await shown(ways.at(HOOKED));
    expect(short).toBe(long);
    expect(short).toMatch(/^0 .*AWS_SESSION_TOKEN/s);
  });

  it('is gone by many at once', async () => {
    const at = ways.at(MANY);
    const all = await Promise.all(Array.from({ length: 6 }, () => at.run(['reader'])));
    expect(new Set(all.map(({ code, stdout }) => `${String(code)} ${stdout}`)).size).toBe(1);
    expect([all[0]?.code, all[0]?.stdout.includes('AWS_SESSION_TOKEN')]).toEqual([0, true]);
    expect((await sameBothWays(at, MANY)).stdout).toBe(all[0]?.stdout);
  });

  it('puts a profile in front of those that were used last, as the long way does', async () => {
    const orders = await Promise.all(
      RECENT.map(async (one) => {
        const at = ways.at(one);
        const orders: (readonly string[])[] = [];
        const folder = join(at.home.path, '.tsawsume/cache');
        for (const profile of ['five1', 'reader', 'five1', 'reader', 'reader']) {
          if (one.name === 'without') fs.rmSync(at.way, { force: true });
          expect((await at.run([profile])).code).toBe(0);
          orders.push(usedLast(folder));
        }
        return orders;
      }),
    );
    expect(orders[0]).toEqual(orders[1]);
    expect(orders[0]?.slice(-2)).toEqual([
      ['reader', 'five1'],
      ['reader', 'five1'],
    ]);
  });

  it('is not that of another version', async () => {
    const at = ways.at(VERSION);
    const way = wayOf(at);
    const noting = (version: string, one: Case['way']): Case =>
      change(VERSION.name, () => fs.writeFileSync(at.way, formatWay({ ...way, version })), { way: one });
    await sameBothWays(at, noting(way.version, 'short'));
    await sameBothWays(at, noting('0.0.0', 'long'));
  });

  it('is not noted by a run in whose time a file may have changed', async () => {
    const at = ways.at(STALLED);
    const hook = join(at.home.path, 'hook.cjs');
    fs.writeFileSync(hook, `const fs = require('node:fs');\n${clockAheadOnceWritten(10_000)}`);
    const isNoted = async (): Promise<boolean> => {
      fs.rmSync(at.way, { force: true });
      expect((await at.run(['reader'], { NODE_OPTIONS: `--require ${hook}` })).code).toBe(0);
      return fs.existsSync(at.way);
    };
    expect(await isNoted()).toBe(true);
    // However long a busy machine takes to start it: what was written then was not written an instant before.
    const soon = Date.now() / 1000 + 5;
    fs.utimesSync(at.config, soon, soon);
    expect(await isNoted()).toBe(false);
  });

  const folder = fs.mkdtempSync(join(tmpdir(), 'tsawsume-strace-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;

  it.skipIf(!canTrace)('knows every file that the long way opens (needs strace)', async () => {
    const at = ways.at(FILES);
    const { paths } = wayOf(at);
    const log = join(folder, 'log');
    fs.rmSync(at.way);
    // The note has just been made for the same state, so that this run makes it anew.
    const { code } = await run(
      ['strace', '-f', '-s', '300', '-o', log, '-e', 'trace=%file', ...PROGRAM, 'reader'],
      { env: at.env },
    );
    expect([code, fs.existsSync(at.way)]).toEqual([0, true]);
    const opened = [...fs.readFileSync(log, 'utf8').matchAll(/"([^"]*)"/g)].map(([text]) =>
      text.slice(1, -1),
    );
    const below = [...new Set(opened.filter((path) => path.startsWith(at.home.path)))];
    const own = ['', '/cache', '/compiled'].map((name) => join(at.home.path, '.tsawsume', name));
    const isOwn = (path: string): boolean =>
      own.some((place) => path === place || (place !== own[0] && path.startsWith(`${place}/`)));
    expect(below.filter((path) => !isOwn(path) && !paths.includes(path))).toEqual([]);
    expect(below).toContain(at.config);
    expect(paths).toEqual(
      expect.arrayContaining([
        at.config,
        at.credentials,
        join(at.home.path, '.tsawsume/config.yaml'),
        join(at.home.path, '.awsume/config.yaml'),
        '/etc/localtime',
      ]),
    );
  });
});
