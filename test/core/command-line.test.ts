import { describe, expect, it } from 'vitest';
import { splitCommandLine } from '../../src/core/command-line';

/** What botocore 1.43 gives for these: `compat_shell_split(line, 'linux')`. */
const POSIX: [string, string[]][] = [
  ['', []],
  [' \t ', []],
  ['aws-helper --role dev', ['aws-helper', '--role', 'dev']],
  ['"/opt/my helper" "a  b"', ['/opt/my helper', 'a  b']],
  ["'/opt/my helper' 'a \\ \"b'", ['/opt/my helper', 'a \\ "b']],
  ['a"b c"d', ['ab cd']],
  ['a "" \'\'', ['a', '', '']],
  ['a\\ b \\"c\\"', ['a b', '"c"']],
  ['"a\\"b\\\\c\\d"', ['a"b\\c\\d']],
  ['~/bin/x $HOME `id` *.txt # no comment', ['~/bin/x', '$HOME', '`id`', '*.txt', '#', 'no', 'comment']],
  ['a;b|c&d>e', ['a;b|c&d>e']],
];

/** `compat_shell_split(line, 'win32')` */
const WINDOWS: [string, string[]][] = [
  ['', []],
  ['C:\\tools\\helper.exe --role dev', ['C:\\tools\\helper.exe', '--role', 'dev']],
  ['"C:\\Program Files\\helper.exe" \'a b\'', ['C:\\Program Files\\helper.exe', "'a", "b'"]],
  ['"a\\\\" b', ['a\\', 'b']],
  ['a\\"b c', ['a"b', 'c']],
  ['"" x\\', ['', 'x\\']],
];

describe('a credential_process is split as the AWS CLI splits it', () => {
  it.each(POSIX)('%j', (line, words) => {
    expect(splitCommandLine(line, 'posix')).toEqual(words);
  });

  it.each(WINDOWS)('on Windows: %j', (line, words) => {
    expect(splitCommandLine(line, 'windows')).toEqual(words);
  });

  it.each([
    ['a "secret', 'posix'],
    ["a 'secret", 'posix'],
    ['secret \\', 'posix'],
    ['"secret\\', 'posix'],
    ['a "secret', 'windows'],
  ] as const)('%j is refused, without its words in the message (%s)', (line, rules) => {
    expect(() => splitCommandLine(line, rules)).toThrow(expect.objectContaining({ kind: 'profile' }));
    expect(() => splitCommandLine(line, rules)).not.toThrow(/secret/);
  });
});
