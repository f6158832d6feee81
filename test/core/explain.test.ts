import { describe, expect, it } from 'vitest';
import { explainJson, explainText, type Stored } from '../../src/core/explain';
import { planOf, role, SERIAL, type Wish } from '../support/plans';
import { textLike } from '../support/matchers';

const NOW = Date.UTC(2026, 0, 1);
const WISH: Wish = { config: role('x', 'u', `mfa_serial = ${SERIAL}`) };
const minutes = (count: number) => NOW + count * 60_000;
const view = (
  stored: readonly Stored[],
  more: { refresh?: boolean; minTtlSeconds?: number } = {},
  wish = WISH,
) => ({
  plan: planOf(wish),
  stored,
  now: NOW,
  refresh: false,
  minTtlSeconds: 300,
  ...more,
});
/** What would happen with each step now. */
const nows = (text: string) => [...text.matchAll(/ now +(.*)/g)].map(([, what]) => what);
const TAKEN = 'are taken up';
const CODE = 'one call to STS, with an MFA code';
const CALL = 'one call to STS';
const STORED = 'is used as it is stored';
const SKIPPED = 'is not needed: a later session is stored';

describe('what would happen now', () => {
  it.each<readonly [string, readonly Stored[], object, readonly string[]]>([
    ['nothing is stored', [], {}, [TAKEN, CODE, CALL]],
    ['the user’s session is', [undefined, minutes(60), undefined], {}, [SKIPPED, STORED, CALL]],
    ['the role is', [undefined, undefined, minutes(60)], {}, [SKIPPED, SKIPPED, STORED]],
    ['the role has five minutes', [undefined, minutes(60), minutes(5)], {}, [SKIPPED, STORED, CALL]],
    [
      'less than --min-ttl',
      [undefined, minutes(20), minutes(20)],
      { minTtlSeconds: 1800 },
      [SKIPPED, STORED, CALL],
    ],
    ['--refresh', [undefined, minutes(60), minutes(60)], { refresh: true }, [TAKEN, CODE, CALL]],
  ])('%s', (_, stored, more, expected) => {
    expect(nows(explainText(view(stored, more)))).toEqual(expected);
  });
});

describe('the text', () => {
  it('names each value with its line, and each step’s reason', () => {
    const text = explainText(view([]));
    expect(text).toMatch(/access key +AKIAUSER {2}\(credentials:2\)/);
    expect(text).toMatch(/role +arn:aws:iam::123456789012:role\/x {2}\(config:2\)/);
    expect(text).toMatch(/MFA device +arn:aws:iam::123456789012:mfa\/me {2}\(config:4\)/);
    expect(text).toMatch(/session name +tsawsume-x {2}\(the profile's name\)/);
    expect(text).toMatch(/because +one MFA code serves every role of this user/);
    expect(text).toContain('region: none is named, your own stays');
  });
  it('says why a plan is another one', () => {
    const text = explainText(view([], {}, { ...WISH, flags: { roleDuration: '4h' } }));
    expect(text).toMatch(/because +the code goes with this very call: .*4h was asked for/);
  });
  it('holds notes, and nothing that a terminal obeys', () => {
    const process = '[profile p]\ncredential_process = give \u001b[2J\u202e\n';
    const config = role('x', 'y', 'duration_seconds = 7200') + role('y', 'p') + process;
    const text = explainText(view([], {}, { config, credentials: '' }));
    expect(text).toContain('note: "x": 2h was asked for');
    expect(text).toContain(String.raw`give \x1b[2J\u202e`);
    expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});

it('the JSON: every step whole, with its key and what is stored', () => {
  expect(JSON.parse(JSON.stringify(explainJson(view([undefined, minutes(60), undefined]))))).toMatchObject({
    profile: 'x',
    region: null,
    notes: [],
    steps: [
      { kind: 'root', now: 'not needed', storedUntil: null },
      {
        kind: 'get-session-token',
        key: textLike(/^[0-9a-f]{32}$/),
        now: 'stored',
        storedUntil: '2026-01-01T01:00:00Z',
      },
      {
        kind: 'assume-role',
        now: 'fetch',
        roleArn: { value: 'arn:aws:iam::123456789012:role/x', from: { file: 'config', line: 2 } },
      },
    ],
  });
});
