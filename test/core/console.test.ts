import { describe, expect, it } from 'vitest';
import { spellOut } from '../../src/cli/console-flags';
import { consoleSeconds, destination, federatedName, signinEndpoint } from '../../src/core/console';
import { planOf, role, SERIAL, TEMPORARY, type Wish } from '../support/plans';

describe('the hosts of the console', () => {
  it.each([
    ['aws', 'us-east-1', 'https://signin.aws.amazon.com', 'us-east-1.console.aws.amazon.com'],
    ['aws', 'eu-west-1', 'https://eu-west-1.signin.aws.amazon.com', 'eu-west-1.console.aws.amazon.com'],
    ['aws-cn', 'cn-north-1', 'https://signin.amazonaws.cn', 'cn-north-1.console.amazonaws.cn'],
    [
      'aws-us-gov',
      'us-gov-west-1',
      'https://signin.amazonaws-us-gov.com',
      'us-gov-west-1.console.amazonaws-us-gov.com',
    ],
    [
      'aws-eusc',
      'eusc-de-east-1',
      'https://eusc-de-east-1.signin.amazonaws-eusc.eu',
      'eusc-de-east-1.console.amazonaws-eusc.eu',
    ],
    [
      'aws-iso',
      'us-iso-east-1',
      'https://us-iso-east-1.signin.c2shome.ic.gov',
      'us-iso-east-1.console.c2shome.ic.gov',
    ],
    [
      'aws-iso-b',
      'us-isob-east-1',
      'https://us-isob-east-1.signin.sc2shome.sgov.gov',
      'us-isob-east-1.console.sc2shome.sgov.gov',
    ],
    [
      'aws-iso-e',
      'eu-isoe-west-1',
      'https://eu-isoe-west-1.signin.csphome.adc-e.uk',
      'eu-isoe-west-1.console.csphome.adc-e.uk',
    ],
    [
      'aws-iso-f',
      'us-isof-south-1',
      'https://us-isof-south-1.signin.csphome.hci.ic.gov',
      'us-isof-south-1.console.csphome.hci.ic.gov',
    ],
  ])('%s %s', (partition, region, signin, console) => {
    expect(signinEndpoint(partition, region)).toBe(signin);
    expect(destination(partition, region, 's3')).toBe(`https://${console}/s3/home?region=${region}`);
  });

  it('no host is guessed for a partition that is not known', () => {
    expect(() => signinEndpoint('aws-new', 'new-1')).toThrow('partition aws-new is not known');
    expect(() => signinEndpoint('constructor', 'new-1')).toThrow('is not known');
  });
});

describe('where one arrives', () => {
  it.each([
    ['', 'console/home'],
    ['ddb', 'dynamodbv2/home'],
    ['S3', 's3/home'],
    ['kinesis', 'kinesis/home'],
    ['constructor', 'constructor/home'],
  ])('%s', (service, page) => {
    expect(destination('aws', 'us-east-1', service)).toContain(`.com/${page}?region=`);
  });
  it.each(['../x', 's3?x', 'a b', 'é'])('%s is no service', (service) => {
    expect(() => destination('aws', 'us-east-1', service)).toThrow('--service');
  });
});

it.each([
  ['dev', 'dev'],
  ['x', 'x-tsawsume'],
  ['my app/ü', 'my-app--'],
  ['a'.repeat(40), 'a'.repeat(32)],
])('the federated name of %s', (profile, name) => {
  expect(federatedName(profile)).toBe(name);
});

describe('how long the console is asked for', () => {
  const mfa = `mfa_serial = ${SERIAL}`;
  const LENGTHS: readonly (readonly [string, Wish, number | undefined])[] = [
    ['a role of long-lived keys', { config: role('x', 'u') }, 3_600],
    [
      'the same, with a code of its own',
      { config: role('x', 'u', `${mfa}\nduration_seconds = 14400`) },
      14_400,
    ],
    ['a role of temporary keys', { config: role('x', 'u'), credentials: TEMPORARY }, undefined],
    ['a role of a role', { config: role('x', 'y') + role('y', 'u') }, undefined],
    ['a role of a user’s session', { config: role('x', 'u', mfa) }, undefined],
    ['a user', { profile: 'u' }, undefined],
  ];
  it.each(LENGTHS)('%s', (_, wish, seconds) => {
    expect(consoleSeconds(planOf(wish))).toBe(seconds);
  });
});

describe('awsume’s spellings', () => {
  const takesValue = (flag: string): boolean =>
    ['--console-service', '--console-link-service', '--session-name', '-t'].includes(flag);
  const spelt = (...argv: string[]): readonly string[] =>
    spellOut(argv, takesValue, (word) => word === 'exec');
  it.each([
    [['-c'], ['-c']],
    [
      ['-cl', 'dev'],
      ['--console-link', 'dev'],
    ],
    [
      ['dev', '-cl'],
      ['dev', '--console-link'],
    ],
    [
      ['-cs', 's3', 'dev'],
      ['--console-service', 's3', 'dev'],
    ],
    [
      ['dev', '-cls', 's3'],
      ['dev', '--console-link-service', 's3'],
    ],
    [
      ['-cs', '-cl'],
      ['--console-service', '-cl'],
    ],
    [
      ['-t', '-cl', 'dev'],
      ['-t', '-cl', 'dev'],
    ],
    [
      ['--session-name', '-cs', 'dev'],
      ['--session-name', '-cs', 'dev'],
    ],
    [
      ['exec', 'dev', '-cl'],
      ['exec', 'dev', '-cl'],
    ],
    [
      ['-r', 'exec', 'dev', '--', 'sh', '-cl'],
      ['-r', 'exec', 'dev', '--', 'sh', '-cl'],
    ],
    [
      ['-cl', 'dev', 'exec'],
      ['--console-link', 'dev', 'exec'],
    ],
    [
      ['dev', '--', '-cl'],
      ['dev', '--', '-cl'],
    ],
    [
      ['-cl', '--session-name'],
      ['--console-link', '--session-name'],
    ],
  ])('%j', (argv, words) => {
    expect(spelt(...argv)).toEqual(words);
  });
});
