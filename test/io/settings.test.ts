import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, type SettingsMemory } from '../../src/io/settings-file';
import { scratch } from './support';
import { objectWith, textLike } from '../support/matchers';

const file = join(scratch(), 'config.yaml');
const NOTHING_KEPT: SettingsMemory = { recall: () => undefined, remember: () => undefined };
const readFrom = (path: string) => readSettings(path, NOTHING_KEPT, () => Date.now());
const read = (text: string) => {
  writeFileSync(file, text);
  return readFrom(file);
};

describe('the settings', () => {
  it.each(['', '\n  \n', '# only a comment\n', '---\n', '---\n# only a comment\n'])(
    '%j: none, but a file that is there',
    async (text) => expect(await read(text)).toEqual({ file, lines: {} }),
  );

  it('every key, awsume’s names and ours', async () => {
    const text = [
      'region: eu-west-1',
      'role-duration: 1h30m',
      'role-session-name: me',
      'mfa-process: code show',
      'config-file: ~/c',
      'credentials-file: ~/d',
      'fuzzy-match: true',
      'colors: false',
    ].join('\n');
    expect(await read(text)).toEqual({
      file,
      region: 'eu-west-1',
      roleDuration: 5400,
      roleSessionName: 'me',
      mfaProcess: 'code show',
      configFile: '~/c',
      credentialsFile: '~/d',
      fuzzyMatch: true,
      colors: false,
      lines: {
        region: 1,
        'role-duration': 2,
        'role-session-name': 3,
        'mfa-process': 4,
        'config-file': 5,
        'credentials-file': 6,
        'fuzzy-match': 7,
        colors: 8,
      },
    });
  });

  it.each([
    ['role-duration: 900', { roleDuration: 900, lines: { 'role-duration': 1 } }],
    ['role-duration: "900"', { roleDuration: 900, lines: { 'role-duration': 1 } }],
    ['later-key: {a: [b]}\nregion: r', { region: 'r', lines: { region: 2 } }],
    ['__proto__: {region: x}\nconstructor: y', { lines: {} }],
  ])('%j', async (text, expected) => expect(await read(text)).toEqual({ file, ...expected }));

  it('a file that is not there is none', async () => {
    expect(await readFrom('/no/such/file')).toEqual({});
    expect(await readFrom(join(file, 'below-a-file'))).toEqual({});
  });
});

describe('a mistake in them', () => {
  it.each([
    ['region: [', /not valid YAML \(.*config\.yaml:1\)/],
    ['region: a\n\tb: c', /not valid YAML \(.*config\.yaml:2\)/],
    ['region: a\nregion: b', /not valid YAML \(.*config\.yaml:2\)/],
    ['- a\n- b', /not key: value lines \(.*config\.yaml:1\)/],
    ['just words', /not key: value lines \(.*config\.yaml:1\)/],
    ['\nregion: 5', /the setting region has no usable value \(.*config\.yaml:2\)/],
    ['region:', /the setting region has no usable value/],
    ['region: ""', /the setting region has no usable value/],
    ['role-duration: soon', /the setting role-duration has no usable value/],
    ['role-duration: -5', /the setting role-duration has no usable value/],
    ['role-duration: 1.5', /the setting role-duration has no usable value/],
    ['fuzzy-match: "yes"', /the setting fuzzy-match has no usable value/],
    ['colors: [true]', /the setting colors has no usable value/],
    ['mfa-process: {a: SECRET}', /^the setting mfa-process has no usable value \([^)]*\)$/],
  ])('%j: the file and the line', async (text, message) => {
    await expect(read(text)).rejects.toThrow(
      objectWith({
        kind: 'profile',
        message: textLike(message),
        hint: textLike(/./),
      }),
    );
  });

  it('a file that can’t be read', async () => {
    const folder = join(scratch(), 'config.yaml');
    mkdirSync(folder);
    await expect(readFrom(folder)).rejects.toThrow(/settings file .*config\.yaml can't be read \(EISDIR\)/);
  });

  it.skipIf(process.getuid?.() === 0)('one that is not ours to read', async () => {
    const closed = join(scratch(), 'config.yaml');
    writeFileSync(closed, 'region: r');
    chmodSync(closed, 0);
    await expect(readFrom(closed)).rejects.toThrow(/can't be read \(EACCES\)/);
  });

  it('anchors that would fill the memory end in an error, soon', async () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map(
        (name, i) =>
          `${name}: &${name} [${Array(9)
            .fill(`*${'abcdefg'[i] ?? ''}`)
            .join(',')}]`,
      ),
      'region: r',
    ];
    expect(await read(bomb.join('\n'))).toEqual({ file, region: 'r', lines: { region: 9 } });
  });
});
