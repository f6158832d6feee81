import { describe, expect, it } from 'vitest';
import { accountOf, firstRegionOf, parseRole, partitionOf, roleNameOf } from '../../src/core/arn';

const ARN = 'arn:aws:iam::111122223333:role/';

describe('a role as it is typed', () => {
  it.each([
    [`${ARN}admin`, `${ARN}admin`],
    [`${ARN}team/admin`, `${ARN}team/admin`],
    ['111122223333:admin', `${ARN}admin`],
    ['111122223333:team/admin', `${ARN}team/admin`],
    ['111122223333:role/admin', `${ARN}admin`],
    ['aws-us-gov:111122223333:admin', 'arn:aws-us-gov:iam::111122223333:role/admin'],
    ['aws-cn:111122223333:admin', 'arn:aws-cn:iam::111122223333:role/admin'],
  ])('%s', (text, arn) => expect(parseRole(text)).toBe(arn));

  it.each([
    '',
    'admin',
    '11112222333:admin',
    '1111222233334:admin',
    '111122223333:',
    '111122223333:a b',
    'other:111122223333:admin',
    'arn:aws:iam::111122223333:user/me',
    'arn:aws:sts::111122223333:assumed-role/admin/me',
    ARN,
    `${ARN}a b`,
    `${ARN}a\nb`,
  ])('%j is none', (text) => expect(parseRole(text)).toBeUndefined());
});

it('the parts of an ARN', () => {
  expect([partitionOf(`${ARN}x`), accountOf(`${ARN}x`), roleNameOf(`${ARN}a/b/x`)]).toEqual([
    'aws',
    '111122223333',
    'x',
  ]);
  expect(accountOf('GAHT12345678')).toBeUndefined();
});

it.each([
  ['aws', 'us-east-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-eusc', 'eusc-de-east-1'],
  ['aws-iso', 'us-iso-east-1'],
  ['aws-unheard-of', 'us-east-1'],
])('20 the first region of %s is %s', (partition, region) => expect(firstRegionOf(partition)).toBe(region));
