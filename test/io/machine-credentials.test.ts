import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { machineCredentials } from '../../src/io/machine-credentials';

const NOW = Date.parse('2026-01-31T10:00:00Z');
const LATER = '2099-01-31T11:00:00Z';
const KEYS = {
  AccessKeyId: 'ASIAEXAMPLE',
  SecretAccessKey: 'hidden-secret',
  Token: 'hidden-token',
  Expiration: LATER,
};

let server: Server;
let requests: IncomingMessage[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
let base = '';

beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${String(portOf(server.address()))}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const portOf = (address: AddressInfo | string | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;
const load = (source: 'Environment' | 'EcsContainer' | 'Ec2InstanceMetadata', env: Record<string, string>) =>
  machineCredentials(source, { env, now: () => NOW });

describe('Environment', () => {
  const pair = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'hidden-secret' };

  it('is the pair, the token under either name, and the expiry', async () => {
    expect(await load('Environment', pair)).not.toHaveProperty('sessionToken');
    const old = await load('Environment', { ...pair, AWS_SECURITY_TOKEN: 'old' });
    expect(old.sessionToken?.reveal()).toBe('old');
    const env = {
      ...pair,
      AWS_SECURITY_TOKEN: 'old',
      AWS_SESSION_TOKEN: 'new',
      AWS_CREDENTIAL_EXPIRATION: LATER,
    };
    const session = await load('Environment', env);
    expect(session.sessionToken?.reveal()).toBe('new');
    expect(session.expiresAt).toBe(Date.parse(LATER));
  });

  it.each([
    [{}, 'profile', /AWS_ACCESS_KEY_ID is not set/],
    [{ ...pair, AWS_SECRET_ACCESS_KEY: '' }, 'profile', /AWS_SECRET_ACCESS_KEY is not set/],
    [{ ...pair, AWS_CREDENTIAL_EXPIRATION: 'soon' }, 'profile', /AWS_CREDENTIAL_EXPIRATION/],
    [{ ...pair, AWS_CREDENTIAL_EXPIRATION: '2026-01-31T10:00:00Z' }, 'refused', /expired/],
  ])('%j is an error', async (env, kind, message) => {
    await expect(load('Environment', env)).rejects.toMatchObject({ kind });
    await expect(load('Environment', env)).rejects.toThrow(message);
  });
});

describe('EcsContainer', () => {
  const container = (more: Record<string, string> = {}) =>
    load('EcsContainer', { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${base}/keys?id=1`, ...more });

  it('asks the endpoint of the environment it was given, with its token', async () => {
    answer = (_, response) => response.end(JSON.stringify(KEYS));
    const session = await container({ AWS_CONTAINER_AUTHORIZATION_TOKEN: 'let-me-in' });
    expect(session.sessionToken?.reveal()).toBe('hidden-token');
    expect(session.expiresAt).toBe(Date.parse(LATER));
    expect(requests[0]?.url).toBe('/keys?id=1');
    expect(requests[0]?.headers.authorization).toBe('let-me-in');
  });

  it('takes the token from a file first', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsawsume-test-'));
    writeFileSync(join(folder, 'token'), 'from-file');
    answer = (_, response) => response.end(JSON.stringify(KEYS));
    await container({
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'not this',
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(folder, 'token'),
    });
    expect(requests[0]?.headers.authorization).toBe('from-file');
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a refusal', { status: 403, body: '{"Code":"hidden"}' }, /answered with HTTP 403/],
    ['no JSON', { status: 200, body: 'hidden' }, /gave no usable answer/],
    ['half the keys', { status: 200, body: '{"AccessKeyId":"hidden"}' }, /gave no usable answer/],
  ])('%s is one line', async (_, { status, body }, message) => {
    answer = (_, response) => response.writeHead(status).end(body);
    const failure = container();
    await expect(failure).rejects.toMatchObject({ kind: 'refused' });
    await expect(failure).rejects.toThrow(message);
    expect(requests).toHaveLength(2);
  });

  it('does not wait for an endpoint that accepts and never answers', async () => {
    answer = () => undefined;
    const warned = vi.spyOn(console, 'warn');
    const since = Date.now();
    await expect(container()).rejects.toMatchObject({ kind: 'refused' });
    expect(Date.now() - since).toBeLessThan(4500);
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  it('says which file or variable is to blame', async () => {
    const file = { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/nonesuch/token' };
    await expect(container(file)).rejects.toThrow(/AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE/);
    await expect(load('EcsContainer', {})).rejects.toMatchObject({ kind: 'profile' });
    const elsewhere = { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://example.com/' };
    await expect(load('EcsContainer', elsewhere)).rejects.toThrow(/no address to take keys from/);
  });
});

describe('Ec2InstanceMetadata', () => {
  const instance = (more: Record<string, string> = {}) =>
    load('Ec2InstanceMetadata', { AWS_EC2_METADATA_SERVICE_ENDPOINT: base, ...more });

  function imds(keys: object): void {
    answer = (request, response) => {
      if (request.method === 'PUT') response.end('imds-token');
      else if (request.url?.endsWith('/security-credentials/')) response.end('my-role\n');
      else response.end(JSON.stringify(keys));
    };
  }

  it('asks for a token, the role, and its keys; leaves process.env as it was', async () => {
    imds(KEYS);
    const before = JSON.stringify(process.env);
    const session = await instance();
    expect(session).toMatchObject({ accessKeyId: 'ASIAEXAMPLE', expiresAt: Date.parse(LATER) });
    expect(requests.map((request) => request.headers['x-aws-ec2-metadata-token'])).toEqual([
      undefined,
      'imds-token',
      'imds-token',
    ]);
    expect(requests[2]?.url).toBe('/latest/meta-data/iam/security-credentials/my-role');
    expect(JSON.stringify(process.env)).toBe(before);
  });

  it('does not take expired keys, whatever expiry the package makes up for them', async () => {
    imds({ ...KEYS, Expiration: '2020-01-01T00:00:00Z' });
    await expect(instance()).rejects.toThrow(/expired/);
  });

  it.each([
    ['nothing there', () => undefined],
    [
      'an error',
      (_: IncomingMessage, response: ServerResponse) => void response.writeHead(500).end('hidden'),
    ],
    ['no keys', (_: IncomingMessage, response: ServerResponse) => void response.end('hidden')],
  ])('%s is one line, in bounded time', async (_, how) => {
    answer = how;
    const since = Date.now();
    await expect(instance()).rejects.toMatchObject({
      kind: 'refused',
      message: `the instance metadata service gave no keys (${base})`,
    });
    expect(Date.now() - since).toBeLessThan(4500);
  });

  it('is not asked when the user switched it off', async () => {
    await expect(instance({ AWS_EC2_METADATA_DISABLED: 'True' })).rejects.toThrow(
      /AWS_EC2_METADATA_DISABLED/,
    );
    expect(requests).toHaveLength(0);
  });
});
