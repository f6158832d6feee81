import * as fs from 'node:fs';
import { isPrivate } from './private-stat';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = fs.constants;

/** What V8 made of one file, and by which runs: each asks for other functions, and only what was asked for is in it. */
export interface KeptCode {
  readonly code: Buffer;
  readonly ways: readonly string[];
}

/**
 * `~/.tsawsume/compiled`: the bytecode of our own files, so that V8 need not make it anew twenty times a day (10 of
 * 77 ms, measured on Node 20). It is as good as the program itself to whoever could change it, so it is believed under
 * the rule for secrets alone: our own, closed to all others.
 */
export interface CodeFolder {
  /** `~/.tsawsume`. */
  readonly home: string;
  readonly path: string;
  /** Tells one build of the program from every other. */
  readonly build: string;
  /** What other Nodes' files end in does not. */
  readonly runtime: string;
}

/** A file bigger than this is none of ours, bytes. */
const MOST = 32 * 1024 * 1024;

/** @returns undefined where there is no `~/.tsawsume`: bytecode is no reason to make one. */
export function codeFolder(home: string, build: string): CodeFolder | undefined {
  if (!fs.existsSync(home)) return undefined;
  return { home, path: `${home}/compiled`, build, runtime: `@${process.version}-${process.arch}` };
}

/** What is kept of a file, until the next is read; undefined when there is nothing, or nothing that may be believed. */
export function readKept({ path, build, runtime }: CodeFolder, file: string): KeptCode | undefined {
  const bytes = readPrivate(`${path}/${file}${runtime}`);
  return bytes === undefined ? undefined : unpack(bytes, build);
}

function readPrivate(path: string): Buffer | undefined {
  try {
    // A FIFO in its place must not make us wait, nor a link lead us elsewhere.
    const fd = fs.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      const stat = fs.fstatSync(fd);
      return stat.isFile() && isPrivate(stat) && stat.size <= MOST ? readWhole(fd, stat.size) : undefined;
    } finally {
      fs.closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

let room = Buffer.alloc(0);

/**
 * In one go, which `readFileSync` does not: half a millisecond for a file of 400 KB. What is given lasts until the next is
 * read, in whose place it is: the system gives memory by the page, and hundreds of new ones would be asked for.
 */
function readWhole(fd: number, size: number): Buffer | undefined {
  if (room.length < size) room = Buffer.allocUnsafeSlow(size);
  return fs.readSync(fd, room, 0, size, 0) === size ? room.subarray(0, size) : undefined;
}

/** The text of a file of the program. */
export function readSource(path: string): string {
  const fd = fs.openSync(path, O_RDONLY);
  try {
    return readWhole(fd, fs.fstatSync(fd).size)?.toString('utf8') ?? fs.readFileSync(path, 'utf8');
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * The code twice, then the build and the ways, a line each, then the lengths of the code and of those. V8 does not
 * look whether a byte of it was changed and crashes on what was (5 of 60 flipped bits, Node 20); to compare two copies
 * takes 0.02 ms, to add up one of them in JavaScript 2 ms.
 */
export function pack({ code, ways }: KeptCode, build: string): Buffer {
  const about = Buffer.from([build, ...ways].join('\n'));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(code.length, 0);
  lengths.writeUInt32LE(about.length, 4);
  return Buffer.concat([code, code, about, lengths]);
}

function unpack(bytes: Buffer, build: string): KeptCode | undefined {
  if (bytes.length < 8) return undefined;
  const end = bytes.length - 8;
  const length = bytes.readUInt32LE(end);
  if (2 * length + bytes.readUInt32LE(end + 4) !== end) return undefined;
  const code = bytes.subarray(0, length);
  if (!code.equals(bytes.subarray(length, 2 * length))) return undefined;
  const [itsBuild, ...ways] = bytes.toString('latin1', 2 * length, end).split('\n');
  return itsBuild === build ? { code, ways } : undefined;
}
