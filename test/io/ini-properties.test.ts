import {
  externalDataInterceptor,
  loadSharedConfigFiles,
  loadSsoSessionData,
} from '@smithy/shared-ini-file-loader';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProfileName } from '../../src/core/names';
import { profilesOf } from '../../src/core/profiles';
import type { Sections } from '../../src/core/section';
import { readConfigFile, readCredentialsFile } from '../../src/io/ini';
import { cpuTime } from '../support/cpu-time';

/*
 * AWS's own loader is the judge: on a well-formed file it and we give the same sections and values. What is left out
 * of "well-formed", because the loader is wrong there or ours differs on purpose (semantics 2 to 5):
 * - names that reach object prototypes (`constructor`, `toString`), and `__proto__`, which it refuses with the file;
 * - names with white space, and white space inside the brackets, which the AWS CLI reads and the loader does not;
 * - upper-case keys: ours are case-insensitive;
 * - an indented line after a value, which it takes for a setting of the profile (the AWS CLI: more of the value);
 * - an empty value that is set elsewhere, too: it forgets the empty one, while with us the later one counts;
 * - an empty nested value, which it takes for the head of another block;
 * - an empty `[profile default]`, which it forgets, so that `[default]` counts (so it is given a setting here);
 * - comments right after a header without white space, and junk, which it drops.
 */
const RESERVED = new Set(Object.getOwnPropertyNames(Object.prototype));
const text = (alphabet: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(alphabet)), minLength, maxLength });
const name = text('abAB01-_@+.%:/', 1, 6).filter((each) => !RESERVED.has(each));
const key = text('abc_1', 1, 4).filter((each) => !RESERVED.has(each) && each.trim() !== '');
const value = text('ab/+=;#"\'[]é𝒳.', 1, 10).filter((each) => !/^[#;]/.test(each));
const gap = fc.constantFrom('', ' ', '\t', '  ');
const noise = fc.constantFrom('', '# comment [profile no]', '; a = b', '   ', '  # indented');
const tail = fc.constantFrom('', '', ' # comment', '\t; comment', '   ');

const setting = fc
  .tuple(key, gap, gap, value, tail)
  .map(([k, left, right, v, end]) => `${k}${left}=${right}${v}${end}`);
/** Every head of a block gets a number of its own in the end, so that it meets no other setting of its name. */
const block = fc
  .array(setting, { maxLength: 3 })
  .map((lines) => ['HEAD =', ...lines.map((line) => `  ${line}`)]);
const numbered = (all: string): string => {
  let heads = 0;
  return all.replaceAll('HEAD', () => `head_${(heads += 1)}`);
};
const body = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: setting.map((line) => [line]) },
      { weight: 1, arbitrary: block },
      noise.map((line) => [line]),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.flat());
const fileOf = (header: fc.Arbitrary<string>) =>
  fc
    .tuple(
      fc.array(noise, { maxLength: 2 }),
      fc.array(fc.tuple(header, tail, body), { maxLength: 6 }),
      fc.constantFrom('\n', '\r\n'),
    )
    .map(([top, sections, newline]) => {
      const lines = sections.flatMap(([head, end, inside]) => {
        const given = head === 'profile default' ? ['given = 1'] : [];
        return [`[${head}]${end}`, ...inside, ...given];
      });
      return numbered([...top, ...lines, ''].join(newline));
    });
const configHeader = fc.oneof(
  { weight: 4, arbitrary: name.map((each) => `profile ${each}`) },
  name.map((each) => `profile "${each}"`),
  fc.constantFrom('default', 'profile default', 'other'),
  name.map((each) => `sso-session ${each}`),
  name.map((each) => `services ${each}`),
);

/** Our sections in the loader's form: `head.key` for nested values, no empty values, no empty sections. */
function flat(sections: Sections, prefix = ''): [string, Record<string, string>][] {
  return sections.names().flatMap((each): [string, Record<string, string>][] => {
    const pairs = [...(sections.get(each)?.properties ?? [])].flatMap(([k, property]): [string, string][] => [
      [k, property.value],
      ...[...property.nested].map(([inner, sub]): [string, string] => [`${k}.${inner}`, sub.value]),
    ]);
    const kept = pairs.filter(([, v]) => v !== '');
    return kept.length === 0 ? [] : [[prefix + each, Object.fromEntries(kept)]];
  });
}

let run = 0;
async function judged(configText: string, credentialsText: string) {
  run += 1;
  const [configFilepath, filepath] = [`/judge/config-${run}`, `/judge/credentials-${run}`];
  externalDataInterceptor.interceptFile(configFilepath, configText);
  externalDataInterceptor.interceptFile(filepath, credentialsText);
  const files = await loadSharedConfigFiles({ configFilepath, filepath });
  return { ...files, ssoSessions: await loadSsoSessionData({ configFilepath }) };
}

describe('against AWS’s loader', () => {
  it('gives the same sections and values', async () => {
    const credentialsHeader = fc.oneof(name, fc.constant('default'));
    await fc.assert(
      fc.asyncProperty(
        fileOf(configHeader),
        fileOf(credentialsHeader),
        async (configText, credentialsText) => {
          const theirs = await judged(configText, credentialsText);
          const config = readConfigFile('config', configText);
          const credentials = readCredentialsFile('credentials', credentialsText);
          const ours = Object.fromEntries([
            ...flat(config.profiles),
            ...flat(config.ssoSessions, 'sso-session.'),
            ...flat(config.services, 'services.'),
          ]);
          expect(ours).toEqual(theirs.configFile);
          expect(Object.fromEntries(flat(config.ssoSessions))).toEqual(theirs.ssoSessions);
          expect(Object.fromEntries(flat(credentials.profiles))).toEqual(theirs.credentialsFile);
          const noted = [config.profiles, config.ssoSessions, config.services, credentials.profiles].flatMap(
            (sections) => sections.names().flatMap((each) => sections.get(each)?.problems ?? []),
          );
          expect([...config.problems(), ...credentials.problems(), ...noted]).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Reads every profile of both files both ways. */
function readAll(configText: string, credentialsText: string): void {
  const profiles = profilesOf(readConfigFile('c', configText), readCredentialsFile('d', credentialsText));
  for (const each of profiles.names()) {
    profiles.asked(each);
    profiles.source(each);
  }
  profiles.fileProblems();
}

const PIECES = [
  '[',
  ']',
  'profile ',
  'default',
  'sso-session ',
  '=',
  '#',
  ';',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '"',
  "'",
  'x',
  '\uFFFD',
  '\u2028',
  '__proto__',
  'role_arn',
  'region',
  'aws_access_key_id',
  'services',
  'sso_session',
  'duration_seconds',
];

describe('whatever the text', () => {
  it('nothing throws, and every problem is one line that names one', () => {
    const anything = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 3 })), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(anything, anything, (one, other) => {
        const config = readConfigFile('c', one.join(''));
        const credentials = readCredentialsFile('d', other.join(''));
        const profiles = profilesOf(config, credentials);
        for (const each of profiles.names()) {
          expect(profiles.has(each)).toBe(true);
          for (const profile of [profiles.asked(each), profiles.source(each)]) {
            const problems = profile?.kind === 'broken' ? profile.problems : [];
            expect(problems.every(({ origin }) => origin.line > 0)).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('names of prototypes are plain names', () => {
    for (const each of [...RESERVED, '__proto__']) {
      const profiles = profilesOf(
        readConfigFile('c', `[profile ${each}]\n${each} = 1\nregion = r1\n`),
        readCredentialsFile('d', `[${each}]\n`),
      );
      expect(profiles.names()).toEqual([each]);
      expect(isProfileName(each) && profiles.asked(each)).toMatchObject({
        kind: 'none',
        region: { value: 'r1' },
      });
      expect(
        profilesOf(readConfigFile('c', ''), readCredentialsFile('d', '')).has(profiles.names()[0] ?? fail()),
      ).toBe(false);
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual([...RESERVED].sort());
  });

  it('time grows with the text and no faster', () => {
    const unit = fc
      .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(unit, unit, (start, again) => {
        const long = start + again.repeat(Math.ceil(300_000 / again.length));
        expect(timeToRead(long)).toBeLessThan(MUCH);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['headers without their closing bracket', '\r\n[\uFFFDdefault\uFFFD'],
    ['one of them, and one name again and again', '\n[x\n[default]'],
    ['a name again and again', '\n[profile x]\na=1'],
    ['nameless headers', '\n[]'],
    ['strays', '\n[profile\n[x y]'],
    ['brackets in one line', '['],
    ['closed ones in one line', '[]'],
    ['indented headers', '\n  [default] x'],
  ])('nor for %s', (_, again) => {
    const long = again.repeat(Math.ceil(300_000 / again.length));
    expect(timeToRead(long)).toBeLessThan(MUCH);
  });

  it('ten thousand profiles are found in a moment', () => {
    const big = Array.from(
      { length: 10_000 },
      (_, i) =>
        `[profile account-${i}]\nrole_arn = arn:aws:iam::123456789012:role/r${i}\nsource_profile = base\nregion = us-east-1\n`,
    ).join('\n');
    const found = (): void => expect(readConfigFile('c', big).profiles.names()).toHaveLength(10_000);
    expect(cpuTime(found, 500)).toBeLessThan(500);
  });
});

/** Milliseconds. Quadratic time over 300,000 characters is minutes; linear time is tens of milliseconds. */
const MUCH = 3_000;

const timeToRead = (text: string): number => cpuTime(() => readAll(text, text), MUCH);

function fail(): never {
  throw new Error('no name');
}
