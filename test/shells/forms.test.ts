import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type Change, emission } from '../../src/core/emission';
import { EXPORT_FORMATS, formatNamed, INIT_SHELLS, shellNamed } from '../../src/shells/index';
import { hostileValues } from './hostile';

const set = (name: string, value: string): Change => ({ op: 'set', name, value });
const one = (value: string) => emission([set('X', value)]);
const rendered = (format: string, value: string): string | undefined =>
  formatNamed(format)?.render(one(value));

describe('names', () => {
  it('are found by every alias, and by no inherited name', () => {
    for (const name of INIT_SHELLS) expect(shellNamed(name)).toBeDefined();
    for (const name of ['dash', 'ksh', 'mksh', 'posix']) expect(shellNamed(name)).toBe(shellNamed('sh'));
    expect(shellNamed('pwsh')).toBe(shellNamed('powershell'));
    expect(shellNamed('nu')).toBe(shellNamed('nushell'));
    for (const name of EXPORT_FORMATS) expect(formatNamed(name)).toBeDefined();
    for (const name of ['', 'tcsh', '__proto__', 'constructor', 'toString']) {
      expect(shellNamed(name)).toBeUndefined();
      expect(formatNamed(name)).toBeUndefined();
    }
  });
});

describe('a variable with a name that no shell holds', () => {
  const bad = 'AWSUME_$(touch canary)';
  const keys = [set('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE'), set('AWS_SECRET_ACCESS_KEY', 'EXAMPLE')];
  const texts = [...INIT_SHELLS.map(shellNamed), ...EXPORT_FORMATS.map(formatNamed)];

  it('is not unset, for it is not there', () => {
    for (const shell of texts) {
      const text = shell?.render(emission([{ op: 'unset', name: bad }, ...keys]));
      expect(text).not.toContain('canary');
    }
  });
  it('is refused where it is to be set', () => {
    for (const shell of texts) {
      expect(() => shell?.render(emission([...keys, set(bad, 'x')]))).toThrow(/no shell can hold/);
    }
  });
});

describe('powershell', () => {
  it.each(["'", '\u2018', '\u2019', '\u201a', '\u201b'])('doubles %j', (quote) => {
    expect(rendered('powershell', `a${quote}b`)).toBe(`$env:X = 'a${quote}${quote}b'\n`);
  });
  it('keeps everything else as it is', () => {
    expect(rendered('powershell', '$(x) `n "\u201c\u201d ;')).toBe("$env:X = '$(x) `n \"\u201c\u201d ;'\n");
  });
  it('never leaves a run of quotes odd inside', () => {
    for (const value of hostileValues(2_000, 7)) {
      const inside = /^\$env:X = '(.*)'\n$/s.exec(rendered('powershell', value) ?? '')?.[1] ?? "'";
      expect(inside.replace(/(['\u2018-\u201b])\1/g, '')).not.toMatch(/['\u2018-\u201b]/);
    }
  });
  it('prints text of any size as it is', () => {
    const text = 'é\r\n\0'.repeat(50_000);
    const base64 = /FromBase64String\('([\w+/=]+)'\)/.exec(shellNamed('powershell')?.print(text) ?? '')?.[1];
    expect(Buffer.from(base64 ?? '', 'base64').toString()).toBe(text);
  });
});

describe('windows-cmd', () => {
  it('takes what AWS hands out', () => {
    expect(rendered('windows-cmd', 'FwoG/+= (a) & b|c>d')).toBe('set "X=FwoG/+= (a) & b|c>d"\n');
  });
  it.each(['"', '%PATH%', 'a!b', 'a^b', '\u0007', '\t', 'é', '\uff02', '', 'x'.repeat(8_200)])(
    'refuses %j',
    (value) => {
      expect(() => rendered('windows-cmd', value)).toThrow(/cmd cannot take the value of X safely/);
    },
  );
  it('says nothing of the value', () => {
    expect(() => rendered('windows-cmd', '%SECRET%')).not.toThrow(/SECRET%/);
  });
});

describe('dotenv', () => {
  it.each(["it's", 'a\\', '$HOME', '${X}'])('refuses %j', (value) => {
    expect(() => rendered('dotenv', value)).toThrow(/disagree/);
  });
  it('is read alike by sh and by node, line by line', () => {
    const values = hostileValues(2_000, 11).filter((value) => !/['\\$]/.test(value));
    const text = formatNamed('dotenv')?.render(emission(values.map((v, i) => set(`V${String(i)}`, v)))) ?? '';
    const { stdout } = spawnSync('sh', ['-c', 'set -a; eval "$(cat)"; exec env -0'], {
      input: text,
      env: { PATH: process.env['PATH'] },
      maxBuffer: 1 << 26,
    });
    const seen = new Map(
      stdout
        .toString()
        .split('\0')
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    );
    expect(values.length).toBeGreaterThan(300);
    expect(values.filter((value, i) => seen.get(`V${String(i)}`) !== value)).toEqual([]);
    // The rule of node's dotenv 17 for a line, and of its quotes.
    const line =
      /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|[^#\r\n]+)?\s*(?:#.*)?(?:$|$)/gm;
    const parsed = [...text.matchAll(line)].map((match) => (match[2] ?? '').trim().slice(1, -1));
    expect(parsed).toEqual(values);
  });
});

describe('process', () => {
  const keys = [set('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE'), set('AWS_SECRET_ACCESS_KEY', 'EXAMPLE')];
  const parse = (changes: readonly Change[]): unknown =>
    JSON.parse(formatNamed('process')?.render(emission(changes)) ?? '');

  it('leaves out what there is not', () => {
    expect(parse(keys)).toEqual({ Version: 1, AccessKeyId: 'AKIAEXAMPLE', SecretAccessKey: 'EXAMPLE' });
  });
  it('refuses an emission without keys', () => {
    expect(() => parse([set('AWS_PROFILE', 'x')])).toThrow(/no keys/);
  });
});

describe('json', () => {
  it('holds names that are dear to objects as plain names', () => {
    const text =
      formatNamed('json')?.render(emission([set('__proto__', 'x'), set('constructor', 'y')])) ?? '';
    expect(text).toBe('{\n  "__proto__": "x",\n  "constructor": "y"\n}\n');
  });
});
