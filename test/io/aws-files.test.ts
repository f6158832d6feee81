import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isProfileName, type ProfileName } from '../../src/core/names';
import { TsawsumeError } from '../../src/errors';
import { awsFilePaths, readAwsFiles } from '../../src/io/aws-files';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'aws-files-'));
  mkdirSync(join(home, '.aws'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const config = (): string => join(home, '.aws', 'config');
const namesIn = (env = {}, given = {}): readonly string[] => readAwsFiles(given, env, home).profiles.names();
const X = ((name: string): ProfileName => {
  if (!isProfileName(name)) throw new Error('no name');
  return name;
})('x');

function failure(act: () => unknown): TsawsumeError {
  try {
    act();
  } catch (error) {
    if (error instanceof TsawsumeError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('where the files are', () => {
  it.each([
    [{}, {}, '/h/.aws/config', '/h/.aws/credentials'],
    [{}, { AWS_CONFIG_FILE: '/c' }, '/c', '/h/.aws/credentials'],
    [{}, { AWS_SHARED_CREDENTIALS_FILE: '~/d' }, '/h/.aws/config', '/h/d'],
    [{}, { AWS_CONFIG_FILE: '', AWS_SHARED_CREDENTIALS_FILE: '' }, '/h/.aws/config', '/h/.aws/credentials'],
    [
      { config: '~/f', credentials: 'rel' },
      { AWS_CONFIG_FILE: '/c', AWS_SHARED_CREDENTIALS_FILE: '/d' },
      '/h/f',
      'rel',
    ],
    [{}, { AWS_CONFIG_FILE: '/a/~/b' }, '/a/~/b', '/h/.aws/credentials'],
  ])('given %j in %j: %s and %s', (given, env, config, credentials) => {
    expect(awsFilePaths(given, env, '/h')).toEqual({ config, credentials });
  });

  it.each([undefined, ''])('without a HOME (%j) there are none, and nothing is guessed', (noHome) => {
    expect(awsFilePaths({}, {}, noHome)).toEqual({ config: undefined, credentials: undefined });
    expect(readAwsFiles({}, {}, noHome).profiles.names()).toEqual([]);
    expect(failure(() => awsFilePaths({}, { AWS_CONFIG_FILE: '~/c' }, noHome))).toMatchObject({
      exitCode: 3,
      message: "can't find ~/c: HOME is not set",
    });
  });
});

describe('what is read', () => {
  it('gives both files’ profiles and the keys behind them', () => {
    writeFileSync(config(), '[profile x]\nregion = us-east-1\n');
    writeFileSync(
      join(home, '.aws', 'credentials'),
      '[x]\naws_access_key_id = A\naws_secret_access_key = s\n',
    );
    const files = readAwsFiles({}, {}, home);
    expect(files.profiles.asked(X)).toMatchObject({ kind: 'keys', origin: { file: config(), line: 1 } });
    expect(files.keysOf(X)?.secretAccessKey.reveal()).toBe('s');
  });

  it.each([
    ['a byte-order mark', Buffer.from('\uFEFF[profile x]\n')],
    ['CRLF', Buffer.from('[profile x]\r\nregion = us-east-1\r\n')],
    [
      'bad bytes in a comment',
      Buffer.from('# caf\xe9\n[profile x] # \xff\xff\nregion = us-east-1 # \xe9\n', 'latin1'),
    ],
    [
      'a line of a megabyte',
      Buffer.from(`[profile x]\nregion = us-east-1\ncomment = ${'x'.repeat(1_000_000)}\n`),
    ],
    ['a comment of a megabyte', Buffer.from(`#${' #'.repeat(500_000)}\n[profile x]\n`)],
    ['no line end at the end', Buffer.from('[profile x]')],
  ])('%s is fine', (_, bytes) => {
    writeFileSync(config(), bytes);
    const { profiles } = readAwsFiles({}, {}, home);
    expect(profiles.names()).toEqual(['x']);
    expect(profiles.asked(X)?.kind).toBe('none');
  });

  it('bad bytes in a setting break its profile, with the line', () => {
    writeFileSync(config(), Buffer.from('[profile x]\nregion = \xe9\n[profile y]\n', 'latin1'));
    const { profiles } = readAwsFiles({}, {}, home);
    expect(profiles.asked(X)).toMatchObject({
      kind: 'broken',
      problems: [{ origin: { file: config(), line: 2 } }],
    });
  });

  it.each([
    ['UTF-16, little-endian', Buffer.from('\uFEFF[profile x]\n', 'utf16le'), ':1: the file is in UTF-16'],
    [
      'UTF-16, big-endian',
      Buffer.from('\uFEFF[profile x]\n', 'utf16le').swap16(),
      ':1: the file is in UTF-16',
    ],
    ['UTF-16 without a mark', Buffer.from('[profile x]\n', 'utf16le'), ':1: a NUL byte, which no text holds'],
    ['a NUL', Buffer.from('[profile x]\nregion = a\0b\n'), ':2: a NUL byte, which no text holds'],
  ])('%s is an error with the line', (_, bytes, message) => {
    writeFileSync(config(), bytes);
    expect(failure(() => namesIn())).toMatchObject({ exitCode: 3, message: config() + message });
  });

  it('a missing file is an empty one, and so is /dev/null', () => {
    expect(namesIn()).toEqual([]);
    expect(
      namesIn({ AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: join(home, 'no', 'where') }),
    ).toEqual([]);
  });
});

describe('what can’t be read is named', () => {
  const cases: [what: string, make: (path: string) => void, reason: string][] = [
    ['a directory', (path) => mkdirSync(path), 'it is not a regular file'],
    ['a FIFO', (path) => execFileSync('mkfifo', [path]), 'it is not a regular file'],
    ['a device', (path) => symlinkSync('/dev/zero', path), 'it is not a regular file'],
    ['a circle of links', (path) => symlinkSync(path, path), 'its symbolic links go in a circle'],
  ];
  it.each(cases)('%s', (_, make, reason) => {
    const path = join(home, 'thing');
    make(path);
    for (const variable of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
      const error = failure(() => namesIn({ [variable]: path }));
      expect(error).toMatchObject({ exitCode: 3, message: `can't read ${path}: ${reason}` });
      expect(error.hint).toBeDefined();
    }
  });

  it('a file below a file', () => {
    writeFileSync(config(), '');
    const path = join(config(), 'below');
    expect(failure(() => namesIn({}, { config: path })).message).toBe(
      `can't read ${path}: a part of its path is not a directory`,
    );
  });

  it.skipIf(process.getuid?.() === 0)('a file without permission', () => {
    writeFileSync(config(), '');
    chmodSync(config(), 0);
    expect(failure(() => namesIn()).message).toBe(`can't read ${config()}: permission denied`);
  });
});
