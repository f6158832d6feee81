import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IS_EXECUTABLE, World } from '../support/harness';

const { geteuid } = process;

let world: World;
let folder: string;
let file: string;
beforeEach(async () => {
  world = await World.open();
  folder = join(world.home.path, '.tsawsume/compiled');
  file = join(folder, `bin@${process.version}-${process.arch}`);
});
afterEach(() => world.close());

/** A line that needs the program itself, and not only one of the small files in front of it. */
const whole = (profile: string): readonly string[] => [
  'export',
  profile,
  '--format',
  'json',
  '--session-name',
  'whole',
];

async function become(profile = 'reader'): Promise<void> {
  const { code, stderr, stdout } = await world.run(whole(profile));
  expect([code, stderr.split('\n').filter((line) => /warn|wrong/.test(line))]).toEqual([0, []]);
  expect(stdout).toContain('AWS_SESSION_TOKEN');
}

/** Until every way that `become` has is kept: the second run is the first that only reads the store. */
async function warm(): Promise<void> {
  await become();
  await become();
}

const mode = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

/** What tells whether a file was written anew: replacing makes another inode. */
const inode = (path: string): number => lstatSync(path).ino;

// The executable holds its bytecode, and keeps none.
describe.skipIf(IS_EXECUTABLE)('the code that V8 made (the npm build alone keeps any)', () => {
  it('is kept once there is a folder of ours, private, and then left as it is', async () => {
    expect((await world.run(['list'])).code).toBe(0);
    expect(existsSync(join(world.home.path, '.tsawsume'))).toBe(false);
    await become();
    expect(existsSync(folder)).toBe(false);
    await become();
    expect([mode(folder), mode(file)]).toEqual(['700', '600']);
    const before = inode(file);
    await become();
    expect(inode(file)).toBe(before);
    expect(readdirSync(folder).filter((name) => name.startsWith('tmp-'))).toEqual([]);
  });

  it('is written once for each file of a run that calls STS, also where two files have one name', async () => {
    const fetch = async (): Promise<void> => {
      expect((await world.run(['export', 'reader', '-r'])).code).toBe(0);
    };
    for (let run = 0; run < 3; run += 1) await fetch();
    const inodes = (): readonly string[] =>
      readdirSync(folder).map((name) => `${name} ${String(inode(join(folder, name)))}`);
    const before = inodes();
    expect(before.length).toBeGreaterThan(3);
    await fetch();
    expect(inodes()).toEqual(before);
  });

  it('grows by each new way, and no more: help and failures are none', async () => {
    await warm();
    const before = inode(file);
    expect((await world.run(['--help'])).code).toBe(0);
    expect((await world.run(['export', 'nobody-such'])).code).toBe(3);
    expect(inode(file)).toBe(before);
    expect((await world.run(['list'])).code).toBe(0);
    const after = inode(file);
    expect(after).not.toBe(before);
    expect((await world.run(['list'])).code).toBe(0);
    await become();
    expect(inode(file)).toBe(after);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['four bytes', (bytes) => bytes.subarray(0, 4)],
    ['cut in half', (bytes) => bytes.subarray(0, bytes.length / 2)],
    ['zeros', (bytes) => Buffer.alloc(bytes.length)],
    ['one bit flipped', (bytes) => (bytes.writeUInt8(bytes.readUInt8(70_000) ^ 4, 70_000), bytes)],
    ['junk', (bytes) => Buffer.alloc(bytes.length, 'junk')],
    [
      'junk in due form',
      (bytes) => {
        const length = bytes.readUInt32LE(bytes.length - 8);
        return bytes.fill('junk', 0, 2 * length);
      },
    ],
    [
      'of another build',
      (bytes) => (bytes.write('00000000', 2 * bytes.readUInt32LE(bytes.length - 8)), bytes),
    ],
  ])('is made anew when it is %s', async (_, spoil) => {
    await warm();
    const good = readFileSync(file).length;
    writeFileSync(file, spoil(readFileSync(file)));
    const before = inode(file);
    await become();
    expect(inode(file)).not.toBe(before);
    expect(readFileSync(file).length).toBeGreaterThan(good / 2);
    const healed = inode(file);
    await become();
    expect(inode(file)).toBe(healed);
  });

  it.each(['644', '666', '620'])('is not believed when others have rights to it: %s', async (bits) => {
    await warm();
    const before = inode(file);
    chmodSync(file, Number.parseInt(bits, 8));
    await become();
    expect([mode(file), inode(file) === before]).toEqual(['600', false]);
  });

  it.skipIf(geteuid?.() !== 0)('is not believed when it belongs to somebody else', async () => {
    await warm();
    const before = inode(file);
    chownSync(file, 65_534, 65_534);
    await become();
    expect([lstatSync(file).uid, inode(file) === before]).toEqual([0, false]);
  });

  it('is neither read nor written where others could put files', async () => {
    await warm();
    rmSync(file);
    chmodSync(folder, 0o777);
    await become();
    expect(existsSync(file)).toBe(false);
  });

  it('waits for no FIFO, follows no link, and minds no folder in its place', async () => {
    await warm();
    rmSync(file);
    expect(spawnSync('mkfifo', [file]).status).toBe(0);
    await become();
    expect(lstatSync(file).isFile()).toBe(true);
    rmSync(file);
    const elsewhere = join(world.home.path, 'elsewhere');
    writeFileSync(elsewhere, 'not yours');
    symlinkSync(elsewhere, file);
    await become();
    expect([lstatSync(file).isFile(), readFileSync(elsewhere, 'utf8')]).toEqual([true, 'not yours']);
    rmSync(file);
    mkdirSync(file);
    await become();
    expect(lstatSync(file).isDirectory()).toBe(true);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file');
    await become();
    expect(readFileSync(folder, 'utf8')).toBe('a file');
  });

  it('stays whole when many runs keep it at once', async () => {
    await become();
    await Promise.all(Array.from({ length: 12 }, () => become()));
    expect(readdirSync(folder).filter((name) => name.startsWith('tmp-'))).toEqual([]);
    const before = inode(file);
    await become();
    expect(inode(file)).toBe(before);
  });

  it('holds nothing of what a run has seen', async () => {
    await warm();
    const { stdout } = await world.run(whole('reader'));
    const values: unknown = JSON.parse(stdout);
    const secrets = Object.entries(values ?? {}).flatMap(([name, value]) =>
      /KEY|TOKEN/.test(name) ? [String(value)] : [],
    );
    expect(secrets.length).toBeGreaterThan(2);
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      for (const secret of secrets) expect([name, bytes.includes(secret)]).toEqual([name, false]);
      for (const secret of secrets)
        expect([name, bytes.includes(Buffer.from(secret, 'utf16le'))]).toEqual([name, false]);
    }
  });
});
