import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { roleArn } from '../../src/sandbox/cloud';
import { Bench, DEV, refusalOf, sessionOf } from './bench';
import type { Wish } from './bench';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.sandbox.close());

describe('what is asked of a role', () => {
  const failed = (value: string, where: string, rest: string): string =>
    `400 ValidationError: 1 validation error detected: Value '${value}' at '${where}' failed to satisfy constraint: Member must ${rest}`;
  const pattern = 'satisfy regular expression pattern: ';
  const table: readonly (readonly [string, Wish, string])[] = [
    [
      'a short duration',
      { DurationSeconds: 60 },
      failed('60', 'durationSeconds', 'have value greater than or equal to 900'),
    ],
    [
      'a long duration',
      { DurationSeconds: 43_201 },
      failed('43201', 'durationSeconds', 'have value less than or equal to 43200'),
    ],
    [
      'a session name',
      { RoleSessionName: 'a b' },
      failed('a b', 'roleSessionName', `${pattern}[\\w+=,.@-]*`),
    ],
    [
      'markup in it',
      { RoleSessionName: `<a&'b">` },
      failed(`<a&'b">`, 'roleSessionName', `${pattern}[\\w+=,.@-]*`),
    ],
    [
      'a short name',
      { RoleSessionName: 'a' },
      failed('a', 'roleSessionName', 'have length greater than or equal to 2'),
    ],
    [
      'a long name',
      { RoleSessionName: 'a'.repeat(65) },
      failed('a'.repeat(65), 'roleSessionName', 'have length less than or equal to 64'),
    ],
    ['an external id', { ExternalId: 'a b' }, failed('a b', 'externalId', `${pattern}[\\w+=,.@:\\/-]*`)],
    [
      'a source identity',
      { SourceIdentity: 'a/b' },
      failed('a/b', 'sourceIdentity', `${pattern}[\\w+=,.@-]*`),
    ],
    [
      'a serial',
      { SerialNumber: 'short', TokenCode: '123456' },
      failed('short', 'serialNumber', 'have length greater than or equal to 9'),
    ],
    ['a code', { SerialNumber: DEV, TokenCode: 'abcdef' }, failed('abcdef', 'tokenCode', `${pattern}[\\d]*`)],
    [
      'a short ARN',
      { RoleArn: 'reader' },
      failed('reader', 'roleArn', 'have length greater than or equal to 20'),
    ],
    [
      'a wrong ARN',
      { RoleArn: 'arn:aws:iam::11:role/reader' },
      '400 ValidationError: arn:aws:iam::11:role/reader is invalid',
    ],
    [
      'a tag',
      { Tags: [{ Key: 'a', Value: 'x;y' }] },
      failed('x;y', 'tags.1.member.value', `${pattern}[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*`),
    ],
    [
      'a policy ARN',
      { PolicyArns: [{ arn: 'x' }] },
      failed('x', 'policyArns.1.member.arn', 'have length greater than or equal to 20'),
    ],
    ['a policy', { Policy: '{' }, '400 MalformedPolicyDocumentException: This policy contains invalid Json'],
    ['a bare policy', { Policy: '{}' }, '400 MalformedPolicyDocumentException: Syntax errors in policy.'],
    [
      'two tags of one name',
      {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '2' },
        ],
      },
      '400 InvalidParameterValue: Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
    [
      'a transitive key without a tag',
      { TransitiveTagKeys: ['a'] },
      '400 InvalidParameterValue: The specified transitive tag key must be included in the requested tags.',
    ],
  ];
  test.each(table)('refuses %s', async (_, wish, refusal) => {
    expect(
      await refusalOf(bench.assume(bench.dev.key, roleArn(bench.sandbox.company.roles.reader), wish)),
    ).toBe(refusal);
  });

  test('tells everything that is wrong at once', async () => {
    const text = await refusalOf(
      bench.assume(bench.dev.key, roleArn(bench.sandbox.company.roles.reader), {
        DurationSeconds: 1,
        ExternalId: 'x',
      }),
    );
    expect(text).toMatch(
      /^400 ValidationError: 2 validation errors detected: Value '1' at .*; Value 'x' at /,
    );
  });

  test('policy, tags and source identity', async () => {
    const { cliRole, deployer } = bench.sandbox.company.roles;
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const Tags = [
      { Key: 'team', Value: 'a b' },
      { Key: 'cost', Value: '1' },
    ];
    const first = await bench.assume(bench.dev.key, roleArn(cliRole), {
      ...bench.mfa(bench.dev),
      Policy,
      Tags,
      TransitiveTagKeys: ['team'],
      SourceIdentity: 'dev',
      PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    });
    expect(first).toMatchObject({ PackedPolicySize: 3 });
    expect(first.SourceIdentity).toBe('dev');
    const keys = sessionOf(first.Credentials);
    const next = (wish: Wish) => bench.assume(keys, roleArn(deployer), wish);
    expect((await next({})).SourceIdentity).toBe('dev');
    expect(await refusalOf(next({ SourceIdentity: 'other' }))).toContain('403 AccessDenied');
    expect(await refusalOf(next({ Tags: [{ Key: 'Team', Value: 'x' }] }))).toContain(
      '400 InvalidParameterValue',
    );
    await next({ Tags: [{ Key: 'cost', Value: '2' }] });
  });

  test('too many tags for the room there is', async () => {
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: 'v'.repeat(200) }));
    expect(
      await refusalOf(bench.assume(bench.dev.key, roleArn(bench.sandbox.company.roles.reader), { Tags })),
    ).toMatch(/^400 PackedPolicyTooLarge/);
  });
});
