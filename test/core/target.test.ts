import { describe, expect, it } from 'vitest';
import { environmentFacts } from '../../src/core/request';
import { environmentTarget } from '../../src/core/target';
import { fetched, planOf, role, type Wish } from '../support/plans';
import { objectWith } from '../support/matchers';

const targetOf = (wish: Wish) => fetched(planOf(wish)).at(-1)?.target;
const SERVICES = '[services s]\nsts =\n  endpoint_url = http://services\n';
const X = role('x', 'u', 'services = s\nendpoint_url = http://profile') + SERVICES;

describe('21 the endpoint', () => {
  it.each<readonly [string, Wish, string | undefined]>([
    ['AWS’s own', { config: role('x', 'u') }, undefined],
    ['the profile’s', { config: role('x', 'u', 'endpoint_url = http://profile') }, 'http://profile'],
    ['its services section before that', { config: X }, 'http://services'],
    ['AWS_ENDPOINT_URL before that', { config: X, env: { AWS_ENDPOINT_URL: 'http://all' } }, 'http://all'],
    [
      'AWS_ENDPOINT_URL_STS before all',
      { config: X, env: { AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_STS: 'http://sts' } },
      'http://sts',
    ],
    [
      'none of them when the environment says so',
      { config: X, env: { AWS_ENDPOINT_URL: 'http://all', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } },
      undefined,
    ],
    [
      'nor when the profile does',
      { config: role('x', 'u', 'endpoint_url = http://profile\nignore_configured_endpoint_urls = true') },
      undefined,
    ],
    [
      'the environment’s false wins over the profile’s true',
      {
        config: role('x', 'u', 'ignore_configured_endpoint_urls = true'),
        env: { AWS_ENDPOINT_URL: 'http://all', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
      },
      'http://all',
    ],
    [
      'the asked profile’s alone counts',
      { config: role('x', 'y') + role('y', 'u', 'endpoint_url = http://source') },
      undefined,
    ],
  ])('%s', (_, wish, endpoint) => {
    expect(targetOf(wish)?.endpoint?.value).toBe(endpoint);
  });

  it('holds for every call of the chain', () => {
    const plan = planOf({
      config: role('x', 'y', 'endpoint_url = http://profile') + role('y', 'u', 'mfa_serial = GAHT12345678'),
    });
    expect(fetched(plan).map(({ target }) => target.endpoint?.value)).toEqual(
      Array(3).fill('http://profile'),
    );
  });

  it('FIPS, dual-stack and the CA: the environment before the profile', () => {
    const config = role(
      'x',
      'u',
      'use_fips_endpoint = true\nuse_dualstack_endpoint = TRUE\nca_bundle = /profile.pem',
    );
    expect(targetOf({ config })).toMatchObject({
      fips: true,
      dualstack: true,
      caBundle: { value: '/profile.pem' },
    });
    const env = {
      AWS_USE_FIPS_ENDPOINT: 'false',
      AWS_USE_DUALSTACK_ENDPOINT: 'false',
      AWS_CA_BUNDLE: '/env.pem',
    };
    expect(targetOf({ config, env })).toMatchObject({
      fips: false,
      dualstack: false,
      caBundle: { value: '/env.pem' },
    });
  });
});

describe('20 the region', () => {
  it.each<readonly [string, Wish, string | undefined, string]>([
    ['nothing: the partition’s first', { config: role('x', 'u') }, undefined, 'us-east-1'],
    [
      'of another partition',
      { config: role('x', 'u').replace('arn:aws:', 'arn:aws-cn:') },
      undefined,
      'cn-north-1',
    ],
    ['the settings', { config: role('x', 'u'), settings: { region: 'eu-west-1' } }, 'eu-west-1', 'eu-west-1'],
    [
      '[default] before the settings',
      { config: `${role('x', 'u')}[default]\nregion = us-west-1`, settings: { region: 'eu-west-1' } },
      'us-west-1',
      'us-west-1',
    ],
    [
      'a broken [default] is no reason to fail',
      { config: `${role('x', 'u')}[default]\njunk\nregion = us-west-1` },
      undefined,
      'us-east-1',
    ],
    [
      'the flag before all',
      { config: role('x', 'u', 'region = eu-west-1'), flags: { region: 'ap-south-1' } },
      'ap-south-1',
      'ap-south-1',
    ],
    [
      'the user’s own stays',
      { config: role('x', 'u'), env: { AWS_DEFAULT_REGION: 'sa-east-1' } },
      undefined,
      'sa-east-1',
    ],
    [
      'and is not heard where the profile has one',
      { config: role('x', 'u', 'region = eu-west-1'), env: { AWS_REGION: 'sa-east-1' } },
      'eu-west-1',
      'eu-west-1',
    ],
  ])('%s', (_, wish, exported, called) => {
    expect(planOf(wish).region?.value).toBe(exported);
    expect(targetOf(wish)?.region.value).toBe(called);
  });

  it.each(['a b', '-x', 'x-', 'evil.example', 'x'.repeat(64), ''])('%j can be no host’s name', (region) => {
    expect(() => planOf({ config: role('x', 'u'), flags: { region } })).toThrow(
      objectWith({ kind: 'usage' }),
    );
    if (region !== '')
      expect(() => planOf({ config: role('x', 'u'), settings: { region } })).toThrow(/the region is not one/);
  });
});

it('keys of no profile: the environment alone says where', () => {
  const env = { AWS_DEFAULT_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://all' };
  expect(environmentTarget(env, environmentFacts(env, ''), undefined)).toMatchObject({
    region: { value: 'eu-west-1' },
    endpoint: { value: 'http://all' },
  });
  expect(environmentTarget({}, environmentFacts({}, ''), 'ap-south-1').region.value).toBe('ap-south-1');
  expect(environmentTarget({}, environmentFacts({}, ''), undefined).region.value).toBe('us-east-1');
});
