import {
  AssumeRole$,
  AssumeRoleCommand,
  AssumeRoleWithWebIdentity$,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentity$,
  GetCallerIdentityCommand,
  GetFederationToken$,
  GetFederationTokenCommand,
  GetSessionToken$,
  GetSessionTokenCommand,
  STSClient,
  errorTypeRegistries,
} from '@aws-sdk/client-sts';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Secret } from '../../src/core/secret';
import { openTransport } from '../../src/io/sts-transport';
import { openQueryClient, type QueryClient } from '../../src/io/query-client';

vi.stubGlobal('TSAWSUME_VERSION', 'test');

interface Sent {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const KEYS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const ARN = 'arn:aws:iam::123456789012:role/a';
const SESSION = {
  AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  SecretAccessKey: 's',
  SessionToken: 't',
  Expiration: '2026-01-01T00:00:00Z',
};
const xml = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');

let server: Server;
let base: string;
let sent: Sent[];
let answer: (action: string) => { readonly status: number; readonly body: string };
beforeEach(async () => {
  sent = [];
  answer = (action) => ({
    status: 200,
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>${xml(SESSION)}</Credentials></${action}Result></${action}Response>`,
  });
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      sent.push({ method: request.method, url: request.url, headers: request.headers, body });
      const { status, body: text } = answer(new URLSearchParams(body).get('Action') ?? '');
      response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function client(path = '', atWait: (work: () => void) => void = () => undefined): Promise<QueryClient> {
  const url = new URL(`${base}${path}`);
  const handler = await openTransport(url, undefined, { env: {} });
  return openQueryClient(
    {
      signingName: 'sts',
      version: '2011-06-15',
      namespace: 'com.amazonaws.sts',
      xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      errorTypeRegistries,
    },
    {
      signer: { ...KEYS, secretAccessKey: new Secret(KEYS.secretAccessKey) },
      target: {
        region: { value: 'eu-west-1', from: '--region' },
        endpoint: undefined,
        caBundle: undefined,
        fips: false,
        dualstack: false,
      },
      url,
      handler,
      systemClockOffset: 0,
      whileWaiting: atWait,
    },
  );
}

const theirs = (path = ''): STSClient =>
  new STSClient({ region: 'eu-west-1', endpoint: `${base}${path}`, credentials: KEYS, maxAttempts: 1 });

const ROLE = { RoleArn: ARN, RoleSessionName: 'me@host' };
const FULL = {
  ...ROLE,
  DurationSeconds: 900,
  ExternalId: "a+b c/d=ü'(x)*!",
  SerialNumber: 'arn:aws:iam::123456789012:mfa/me',
  TokenCode: '012345',
  Policy: '{"Version":"2012-10-17"}',
  PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/A' }, { arn: 'arn:aws:iam::aws:policy/B' }],
  Tags: [
    { Key: 'a', Value: '' },
    { Key: 'b b', Value: 'c&d=e' },
  ],
  TransitiveTagKeys: ['a', 'b b'],
  SourceIdentity: 'me',
};

/** Theirs counts its own tries. */
const withoutMetadata = (answer: unknown): unknown => ({ ...Object(answer), $metadata: undefined });

describe('a call of a query service', () => {
  it.each<[string, (of: QueryClient) => Promise<unknown>, (of: STSClient) => Promise<unknown>]>([
    ['AssumeRole', (of) => of.send(AssumeRole$, ROLE), (of) => of.send(new AssumeRoleCommand(ROLE))],
    [
      'AssumeRole with all there is',
      (of) => of.send(AssumeRole$, FULL),
      (of) => of.send(new AssumeRoleCommand(FULL)),
    ],
    [
      'AssumeRole with empty lists',
      (of) => of.send(AssumeRole$, { ...ROLE, Tags: [], PolicyArns: [] }),
      (of) => of.send(new AssumeRoleCommand({ ...ROLE, Tags: [], PolicyArns: [] })),
    ],
    [
      'AssumeRoleWithWebIdentity',
      (of) => of.send(AssumeRoleWithWebIdentity$, { ...ROLE, WebIdentityToken: 'a.b.c' }),
      (of) => of.send(new AssumeRoleWithWebIdentityCommand({ ...ROLE, WebIdentityToken: 'a.b.c' })),
    ],
    [
      'GetCallerIdentity',
      (of) => of.send(GetCallerIdentity$, {}),
      (of) => of.send(new GetCallerIdentityCommand({})),
    ],
    [
      'GetSessionToken',
      (of) => of.send(GetSessionToken$, { DurationSeconds: undefined }),
      (of) => of.send(new GetSessionTokenCommand({ DurationSeconds: undefined })),
    ],
    [
      'GetFederationToken',
      (of) => of.send(GetFederationToken$, { Name: 'me', PolicyArns: [{ arn: ARN }] }),
      (of) => of.send(new GetFederationTokenCommand({ Name: 'me', PolicyArns: [{ arn: ARN }] })),
    ],
  ])("is what AWS's own client sends: %s", async (_, ours, their) => {
    for (const path of ['', '/base', '/base/']) {
      const [one, other] = [await ours(await client(path)), await their(theirs(path))];
      expect(withoutMetadata(one)).toEqual(withoutMetadata(other));
      const [mine, yours] = sent.splice(0);
      expect(mine?.body).toBe(yours?.body);
      expect([
        mine?.method,
        mine?.url,
        mine?.headers['content-type'],
        mine?.headers['content-length'],
      ]).toEqual([
        yours?.method,
        yours?.url,
        yours?.headers['content-type'],
        yours?.headers['content-length'],
      ]);
    }
  });

  it('signs where it goes, when, and what it says', async () => {
    await (await client()).send(AssumeRole$, ROLE);
    const [call] = sent;
    expect(call?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/eu-west-1\/sts\/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=[0-9a-f]{64}$/,
    );
    expect(call?.headers['x-amz-date']).toMatch(/^\d{8}T\d{6}Z$/);
    expect(call?.headers['user-agent']).toBe('tsawsume/test');
  });

  it('throws what the service refuses with, as its client does', async () => {
    answer = () => ({
      status: 403,
      body: '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredTokenException</Code><Message>no</Message></Error></ErrorResponse>',
    });
    const one: unknown = await (await client()).send(AssumeRole$, ROLE).catch((error: unknown) => error);
    const other: unknown = await theirs()
      .send(new AssumeRoleCommand(ROLE))
      .catch((error: unknown) => error);
    const told = { name: 'ExpiredTokenException', message: 'no', $fault: 'client' };
    expect(one).toMatchObject(told);
    expect(other).toMatchObject(told);
  });

  it('asks for what reads the answer to be there by the time it comes, and does without', async () => {
    const asked: (() => void)[] = [];
    await (await client('', (work) => asked.push(work))).send(AssumeRole$, ROLE);
    expect(asked).toHaveLength(1);
    for (const work of asked) expect(work).not.toThrow();
  });
});
