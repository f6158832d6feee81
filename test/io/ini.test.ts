import { describe, expect, it } from 'vitest';
import type { Section, Sections } from '../../src/core/section';
import { readConfigFile, readCredentialsFile } from '../../src/io/ini';

const config = (text: string) => readConfigFile('config', text);
const values = (section: Section | undefined): Record<string, string> =>
  Object.fromEntries([...(section?.properties ?? [])].map(([key, { value }]) => [key, value]));
const problems = (section: Section | undefined): string[] =>
  (section?.problems ?? []).map(({ origin, message }) => `${origin.file}:${origin.line}: ${message}`);

const HEADERS: [line: string, name: string][] = [
  ['[profile x]', 'x'],
  ['[ profile  x ]', 'x'],
  ['[profile\tx]', 'x'],
  ['  [profile x]', 'x'],
  ['[profile x] # see [1]', 'x'],
  ['[profile x]# tight', 'x'],
  ['[profile x];tight', 'x'],
  ['[profile x]\r', 'x'],
  ['[profile "foo bar"]', 'foo bar'],
  ["[profile 'foo bar']", 'foo bar'],
  ['[profile a#b]', 'a#b'],
  ['[profile a]b]', 'a]b'],
  ['[profile X]', 'X'],
  ['[profile __proto__]', '__proto__'],
  ['[profile constructor]', 'constructor'],
  ['[profile profile]', 'profile'],
  ['[default]', 'default'],
  ['[profile default]', 'default'],
];

describe('headers of the config file', () => {
  it.each(HEADERS)('%j opens the profile %j', (line, name) => {
    const file = config(`${line}\nregion = r1\n`);
    const { profiles } = file;
    expect(profiles.names()).toEqual([name]);
    expect(values(profiles.get(name))).toEqual({ region: 'r1' });
    expect(profiles.get(name)?.origin).toEqual({ file: 'config', line: 1 });
    expect(file.problems()).toEqual([]);
  });

  it('tells profiles, sessions, services and strays apart', () => {
    const file = config('[a]\n[profile]\n[profilex]\n[sso-session s]\n[services v]\n[preview]\n[a]\n');
    expect(file.profiles.names()).toEqual([]);
    expect(file.ssoSessions.names()).toEqual(['s']);
    expect(file.services.names()).toEqual(['v']);
    expect([...file.strays()]).toEqual([
      ['a', { file: 'config', line: 1 }],
      ['profile', { file: 'config', line: 2 }],
      ['profilex', { file: 'config', line: 3 }],
      ['preview', { file: 'config', line: 6 }],
    ]);
  });

  it.each([
    ['[default]\nregion = plain\n[profile default]\noutput = json\n'],
    ['[profile default]\noutput = json\n[default]\nregion = plain\n'],
  ])('lets [profile default] win as a whole: %j', (text) => {
    expect(values(config(text).profiles.get('default'))).toEqual({ output: 'json' });
    expect(config(text).profiles.names()).toEqual(['default']);
  });

  it.each([
    ['[profile a', 'a', 'config:3: a section header without its closing bracket'],
    ['[profile a # c', 'a', 'config:3: a section header without its closing bracket'],
    ['[profile a] junk', 'a', 'config:3: text behind a section header'],
    ['[profile a\uFFFD]', 'a\uFFFD', 'config:3: bytes that are not UTF-8'],
  ])(
    'a broken header %j breaks its own profile and keeps its keys from the one above',
    (line, name, problem) => {
      const { profiles } = config(`[profile good]\nregion = r1\n${line}\nrole_arn = x\n`);
      expect(values(profiles.get('good'))).toEqual({ region: 'r1' });
      expect(problems(profiles.get('good'))).toEqual([]);
      expect(problems(profiles.get(name))).toEqual([problem]);
    },
  );

  it('notes a header without a name, whose settings are nobody’s', () => {
    const file = config('[profile a]\n[]\nregion = r1\n[profile ""]\n');
    expect(file.problems().map(({ origin }) => origin.line)).toEqual([2, 4]);
    expect(values(file.profiles.get('a'))).toEqual({});
  });
});

describe('headers of the credentials file', () => {
  it('takes every name as it stands, and a prefix for a stray', () => {
    const file = readCredentialsFile(
      'creds',
      '[x]\n[default]\n[foo bar]\n[profile y]\n[sso-session s]\n[x]\n',
    );
    expect(file.profiles.names()).toEqual(['x', 'default', 'foo bar']);
    expect([...file.strays()]).toEqual([['y', { file: 'creds', line: 4 }]]);
  });
});

const BODIES: [body: string, read: Record<string, string>][] = [
  ['region = r1', { region: 'r1' }],
  ['region=r1\r', { region: 'r1' }],
  ['REGION = r1', { region: 'r1' }],
  ['region = r1 # c', { region: 'r1' }],
  ['region = r1\t;c', { region: 'r1' }],
  ['region = r1;x#y', { region: 'r1;x#y' }],
  ['# region = r1\n; region = r2\n  # region = r3', {}],
  ['key = a=b = c', { key: 'a=b = c' }],
  ['key = "quoted"', { key: '"quoted"' }],
  ['key =', { key: '' }],
  ['key = ; only a comment', { key: '' }],
  ['a = 1\na = 2', { a: '2' }],
  ['a = 1\na =', { a: '' }],
  ['__proto__ = 1\nconstructor = 2', { ['__proto__']: '1', constructor: '2' }],
  // An indented line continues; where everything is indented alike, nothing does.
  ['a = 1\n  b = 2', { a: '1\nb = 2' }],
  ['a = 1\n\n  # c\n  more', { a: '1\nmore' }],
  ['  a = 1\n  b = 2', { a: '1', b: '2' }],
  ['  a = 1\nb = 2', { a: '1', b: '2' }],
  ['a = 1\n\tmore\nb = 2', { a: '1\nmore', b: '2' }],
];

describe('lines', () => {
  it.each(BODIES)('%j', (body, read) => {
    const section = config(`[profile x]\n${body}\n`).profiles.get('x');
    expect(Object.entries(values(section))).toEqual(Object.entries(read));
    expect(section?.problems).toEqual([]);
  });

  it.each([
    ['region', 2, 'a line that is no setting: it has no ='],
    ['region: r1', 2, 'a line that is no setting: it has no ='],
    ['= r1', 2, 'a line with nothing before the ='],
    ['a = 1\nb = caf\uFFFD', 3, 'bytes that are not UTF-8'],
    ['s3 =\n  a = 1\n  junk', 4, 'a line that is no setting: it has no ='],
    ['s3 =\n  = 1', 3, 'a line with nothing before the ='],
    ['  indented junk', 2, 'a line that is no setting: it has no ='],
  ])('%j is junk in its own profile alone', (body, line, message) => {
    const { profiles } = config(`[profile x]\n${body}\n[profile y]\nregion = r2\n`);
    expect(problems(profiles.get('x'))).toEqual([`config:${line}: ${message}`]);
    expect(problems(profiles.get('y'))).toEqual([]);
  });

  it('tolerates bad bytes in a comment', () => {
    const section = config('[profile x] # caf\uFFFD\n# \uFFFD\na = 1 # \uFFFD\n').profiles.get('x');
    expect(values(section)).toEqual({ a: '1' });
    expect(section?.problems).toEqual([]);
  });

  it('keeps nested settings to the setting they stand under', () => {
    const section = config(
      '[profile x]\nregion = r1\ns3 =\n  Region = r2\n  max = 10\noutput = json\n',
    ).profiles.get('x');
    expect(values(section)).toEqual({ region: 'r1', s3: '', output: 'json' });
    expect(section?.properties.get('s3')?.nested).toEqual(
      new Map([
        ['region', { value: 'r2', origin: { file: 'config', line: 4 } }],
        ['max', { value: '10', origin: { file: 'config', line: 5 } }],
      ]),
    );
  });

  it('merges duplicate sections, and every value knows its line', () => {
    const text = '# top\n[profile x]\na = 1\nb = 2\n\n[profile y]\n[profile x]\nb = 3\nc = 4';
    const section = config(text).profiles.get('x');
    expect(values(section)).toEqual({ a: '1', b: '3', c: '4' });
    expect([...(section?.properties.values() ?? [])].map(({ origin }) => origin.line)).toEqual([3, 8, 9]);
    expect(section?.origin.line).toBe(2);
  });

  it('lets nothing before the first header break a profile, yet tells of it', () => {
    const file = config('# fine\naws_access_key_id = AKIASECRET\njunk\n[profile x]\na = 1\n');
    expect(values(file.profiles.get('x'))).toEqual({ a: '1' });
    expect(file.problems().map(({ origin, message }) => `${origin.line}: ${message}`)).toEqual([
      '2: a setting before the first section header',
      '3: a line that is no setting: it has no =',
    ]);
    expect(JSON.stringify(file.problems())).not.toContain('AKIASECRET');
  });

  it.each(['', '\n', '# only a comment', '\r\n\r\n'])('reads %j as empty', (text) => {
    const file = config(text);
    const all: Sections[] = [file.profiles, file.ssoSessions, file.services];
    expect(all.flatMap((sections) => sections.names())).toEqual([]);
    expect(file.problems()).toEqual([]);
  });
});
