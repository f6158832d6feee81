import { describe, expect, it } from 'vitest';
import { choiceLines } from '../../src/core/choice-lines';
import { ProfileChoices } from '../../src/core/profile-choices';
import { profilesOf } from '../../src/core/profiles';
import { widthOf } from '../../src/core/width';
import type { named } from '../support/profile-files';
import { files } from '../support/profile-files';

const KEYS = 'aws_access_key_id = AKIA\naws_secret_access_key = s\n';
const role = (name: string, account: string): string =>
  `[profile ${name}]\nrole_arn = arn:aws:iam::${account}:role/x/${name}-role\nsource_profile = default\n`;
const choicesOf = (config: string, recent: readonly string[] = []): ProfileChoices =>
  new ProfileChoices(profilesOf(...files(config)), recent, []);
const namesOf = (choices: ProfileChoices, typed = ''): readonly string[] =>
  choices.matching(typed).good.map(({ profile }) => profile);

const CONFIG =
  `[profile base]\n${KEYS}` +
  role('prod-admin', '111111111111') +
  role('Admin', '222222222222') +
  role('admin-2', '333333333333') +
  `[default]\n${KEYS}` +
  `[profile made]\nmanager = tsawsume\ncredential_process = x\n` +
  `[profile admin-bad]\nrole_arn = nonsense\n`;

describe('the order', () => {
  it('default, those used last, then by name; what was written by us is no choice, nor what is bad', () => {
    expect(namesOf(choicesOf(CONFIG, ['prod-admin', 'gone', 'base', 'default', 'made']))).toEqual([
      'default',
      'prod-admin',
      'base',
      'Admin',
      'admin-2',
    ]);
    expect(
      choicesOf(CONFIG)
        .matching('')
        .bad.map(({ profile }) => profile),
    ).toEqual(['admin-bad']);
  });

  it.each([
    ['admin', ['Admin', 'admin-2', 'prod-admin']],
    ['ADMIN-2', ['admin-2']],
    ['adm pro', ['prod-admin']],
    ['3333', ['admin-2']],
    ['-role', ['Admin', 'admin-2', 'prod-admin']],
    ['role 22', ['Admin']],
    ['  ', ['default', 'Admin', 'admin-2', 'base', 'prod-admin']],
    ['made', []],
    ['zzz', []],
  ])('for %j', (typed, expected) => {
    expect(namesOf(choicesOf(CONFIG), typed)).toEqual(expected);
  });

  it('reads no more than can be shown', () => {
    const all = profilesOf(
      ...files(Array.from({ length: 5000 }, (_, at) => role(`p${at}`, '111111111111')).join('')),
    );
    const read: string[] = [];
    const profiles = {
      ...all,
      asked: (name: ReturnType<typeof named>) => (read.push(name), all.asked(name)),
    };
    const choices = new ProfileChoices(profiles, [], []);
    const { good, more } = choices.matching('');
    expect([good.length, more]).toEqual([100, true]);
    expect(choices.matching('p4999').good).toHaveLength(1);
    expect(read.length).toBeLessThan(5001);
    expect(choices.matching('p1').more).toBe(true);
  });

  it('takes names for names', () => {
    expect(namesOf(choicesOf(`[profile __proto__]\n${KEYS}[profile .*]\n${KEYS}`), '.*')).toEqual(['.*']);
    expect(namesOf(choicesOf(`[profile __proto__]\n${KEYS}[profile .*]\n${KEYS}`))).toHaveLength(2);
  });
});

describe('the lines', () => {
  const config =
    CONFIG +
    `[profile 日本日本日本日本日本日本日本日本]\n${KEYS}[profile esc\u001b[2J]\n${KEYS}` +
    `[profile a-name-that-goes-on-and-on-and-on-and-on-and-on]\n${KEYS}`;

  it.each([8, 20, 37, 80, 200])(
    'are never wider than %i columns, and hold nothing that is obeyed',
    (columns) => {
      const lines = choiceLines(choicesOf(config).matching(''), columns, 0);
      for (const { text } of lines) {
        expect(widthOf(text)).toBeLessThanOrEqual(columns);
        expect(text).not.toContain('\u001b');
      }
      expect(lines.filter(({ name }) => name === undefined)).toHaveLength(1);
    },
  );

  it('a long name moves its own line only', () => {
    const lines = choiceLines(choicesOf(config).matching(''), 60, 0).map(({ text }) => text);
    expect(lines).toContain('Admin       222222222222  Admin-role');
    expect(lines).toContain('base                      user');
    expect(lines).toContain('a-name-that-goes-on-and-on-and-on-and-on-and-on  user');
  });
});
