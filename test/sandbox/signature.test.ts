import { createHash } from 'node:crypto';
import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';

import { Sha256 } from '@aws-crypto/sha256-js';
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { Bench, refusalOf, sessionOf } from './bench';
import type { Keys } from './bench';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.sandbox.close());

const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';
const FORM = 'application/x-www-form-urlencoded';

interface Raw {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** A request as a client signs it; tests spoil it afterwards. */
async function signed(
  keys: Keys,
  options: {
    service?: string;
    region?: string;
    at?: number;
    headers?: Record<string, string>;
    query?: string;
  } = {},
): Promise<Raw> {
  const signer = new SignatureV4({
    credentials: keys,
    region: options.region ?? 'eu-west-1',
    service: options.service ?? 'sts',
    sha256: Sha256,
  });
  const { host } = new URL(bench.sandbox.url);
  const query = options.query === undefined ? {} : Object.fromEntries(new URLSearchParams(options.query));
  const made = await signer.sign(
    {
      method: options.query === undefined ? 'POST' : 'GET',
      protocol: 'http:',
      hostname: host,
      path: '/',
      query,
      headers: { host, 'content-type': FORM, ...options.headers },
      body: options.query === undefined ? BODY : '',
    },
    { signingDate: new Date(options.at ?? bench.now) },
  );
  return {
    method: made.method,
    path: options.query === undefined ? '/' : `/?${options.query}`,
    headers: made.headers,
    body: options.query === undefined ? BODY : '',
  };
}

/** `status code: text`, or `200`. */
function send({ method, path, headers, body }: Raw): Promise<string> {
  const sent: OutgoingHttpHeaders = { ...headers, 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const call = request(bench.sandbox.url, { method, path, headers: sent }, (answer) => {
      answer.setEncoding('utf8');
      let text = '';
      answer.on('data', (chunk) => (text += String(chunk)));
      answer.on('end', () => {
        const [, code, message] = /<Code>(.*)<\/Code><Message>(.*)<\/Message>/.exec(text) ?? [];
        resolve(
          code === undefined
            ? String(answer.statusCode)
            : `${String(answer.statusCode)} ${code}: ${message ?? ''}`,
        );
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

const keys = (): Keys => bench.dev.key;
const MISMATCH = '403 SignatureDoesNotMatch: The request signature we calculated does not match';
const INVALID = '403 InvalidClientTokenId: The security token included in the request is invalid.';
const authorization = (raw: Raw, change: (header: string) => string): Raw => ({
  ...raw,
  headers: { ...raw.headers, authorization: change(raw.headers['authorization'] ?? '') },
});
const without = (raw: Raw, name: string): Raw => ({
  ...raw,
  headers: Object.fromEntries(Object.entries(raw.headers).filter(([header]) => header !== name)),
});

describe('what is signed right', () => {
  test('POST, GET, any region, odd characters', async () => {
    expect(await send(await signed(keys()))).toBe('200');
    expect(await send(await signed(keys(), { region: 'us-gov-west-1' }))).toBe('200');
    expect(await send(await signed(keys(), { query: `${BODY}&X=a%20b%2Fc%2B%27%28%29~%C3%A9` }))).toBe('200');
    expect(await send(await signed(keys(), { headers: { 'x-custom': '  two   spaces ' } }))).toBe('200');
  });

  test('fifty at once', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, async () => send(await signed(keys()))));
    expect(new Set(all)).toEqual(new Set(['200']));
    expect(bench.sandbox.journal.count('GetCallerIdentity')).toBe(50);
  });
});

describe('what was spoilt', () => {
  const spoilt: readonly (readonly [string, (raw: Raw) => Raw, string])[] = [
    [
      'the signature',
      (raw) => authorization(raw, (text) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0'))),
      MISMATCH,
    ],
    [
      'an empty signature',
      (raw) => authorization(raw, (text) => text.replace(/Signature=.*/, 'Signature=')),
      MISMATCH,
    ],
    ['the body', (raw) => ({ ...raw, body: `${BODY}&X=1` }), MISMATCH],
    [
      'the body, and its unsigned sum with it',
      (raw) => ({
        ...raw,
        body: `${BODY}&X=1`,
        headers: {
          ...raw.headers,
          'x-amz-content-sha256': createHash('sha256').update(`${BODY}&X=1`).digest('hex'),
        },
      }),
      MISMATCH,
    ],
    ['the path', (raw) => ({ ...raw, path: '/other' }), MISMATCH],
    ['the query', (raw) => ({ ...raw, path: '/?X=1' }), MISMATCH],
    [
      'a signed header',
      (raw) => ({ ...raw, headers: { ...raw.headers, 'content-type': `${FORM}; charset=utf-8` } }),
      MISMATCH,
    ],
    ['the region', (raw) => authorization(raw, (text) => text.replace('eu-west-1', 'eu-west-2')), MISMATCH],
    [
      'the key',
      (raw) => authorization(raw, (text) => text.replace(/AKIA\w+/, 'AKIAIOSFODNN7EXAMPLE')),
      INVALID,
    ],
    [
      'a token that does not belong',
      (raw) => ({ ...raw, headers: { ...raw.headers, 'x-amz-security-token': 'stale' } }),
      INVALID,
    ],
    [
      'no header',
      (raw) => without(raw, 'authorization'),
      '403 MissingAuthenticationToken: Request is missing Authentication Token',
    ],
    [
      'another scheme',
      (raw) => authorization(raw, () => 'Basic eDp5'),
      '400 IncompleteSignature: Unsupported AWS',
    ],
    [
      'no key=value',
      (raw) => authorization(raw, (text) => text.replace('Credential=', '')),
      '400 IncompleteSignature: &apos;AKIA',
    ],
    [
      'no SignedHeaders',
      (raw) => authorization(raw, (text) => text.replace(/ SignedHeaders=[^,]+,/, '')),
      '400 IncompleteSignature: Authorization header requires &apos;SignedHeaders&apos; parameter.',
    ],
    [
      'a short scope',
      (raw) => authorization(raw, (text) => text.replace('/sts/', '/')),
      '400 IncompleteSignature: Credential must have exactly 5',
    ],
    [
      'host unsigned',
      (raw) => authorization(raw, (text) => text.replace(';host', '')),
      '403 SignatureDoesNotMatch: &apos;Host&apos;',
    ],
    [
      'no date',
      (raw) => without(raw, 'x-amz-date'),
      '400 IncompleteSignature: Authorization header requires existence',
    ],
    [
      'another date',
      (raw) => ({ ...raw, headers: { ...raw.headers, 'x-amz-date': '20150830T123600Z' } }),
      '403 SignatureDoesNotMatch: Date in Credential scope does not match',
    ],
  ];
  test.each(spoilt)('%s', async (_, spoil, refusal) => {
    const answer = await send(spoil(await signed(keys())));
    expect(answer.slice(0, refusal.length)).toBe(refusal);
  });

  test('another secret, another service, no region', async () => {
    expect(await send(await signed({ ...keys(), secretAccessKey: 'guess' }))).toContain(MISMATCH);
    expect(await send(await signed(keys(), { service: 'iam' }))).toBe(
      '403 SignatureDoesNotMatch: Credential should be scoped to correct service: &apos;sts&apos;. ',
    );
    expect(await send(await signed(keys(), { region: 'Nowhere!' }))).toContain('scoped to a valid region');
  });

  test('clocks that are off', async () => {
    const far = (minutes: number) => signed(keys(), { at: bench.now + minutes * 60_000 }).then(send);
    expect(await far(-14)).toBe('200');
    expect(await far(14)).toBe('200');
    expect(await far(-16)).toMatch(
      /^403 SignatureDoesNotMatch: Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
    );
    expect(await far(16)).toMatch(
      /^403 SignatureDoesNotMatch: Signature not yet current: .* still later than/,
    );
  });

  test('AWS’s client finds out by the Date header and corrects itself', async () => {
    bench.pass(7200);
    const who = await bench.as(keys(), { maxAttempts: 2 }).send(new GetCallerIdentityCommand({}));
    expect(who.Account).toBe('111122223333');
    expect(bench.sandbox.journal.calls.map(({ outcome }) => outcome)).toEqual([
      'SignatureDoesNotMatch',
      'ok',
    ]);
  });
});

describe('sessions', () => {
  const identify = (who: Keys) => bench.as(who).send(new GetCallerIdentityCommand({}));
  const EXPIRED = '403 ExpiredToken: The security token included in the request is expired';

  test('need their own token, and end', async () => {
    const session = await bench.userSession(bench.dev);
    await identify(session);
    expect(await send(await signed({ ...session, sessionToken: 'other' }))).toBe(INVALID);
    const { sessionToken, ...bare } = session;
    expect(sessionToken).toHaveLength(356);
    expect(await send(await signed(bare))).toBe(INVALID);
    bench.sandbox.cloud.expireSessions();
    expect(await refusalOf(identify(session))).toBe(EXPIRED);
  });

  test('end by the clock, to the second', async () => {
    const { Credentials } = await bench.as(keys()).send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
    const session = sessionOf(Credentials);
    bench.pass(899);
    expect(await send(await signed(session))).toBe('200');
    bench.pass(1);
    expect(await send(await signed(session))).toBe(EXPIRED);
  });

  test('keys can be deleted', async () => {
    bench.sandbox.cloud.deleteKey(keys().accessKeyId);
    expect(await refusalOf(identify(keys()))).toBe(INVALID);
  });

  test.each([4, 16, 100])('tokens of %i KB', async (kilobytes) => {
    bench.sandbox.cloud.settings.sessionTokenLength = kilobytes * 1024;
    const session = await bench.userSession(bench.dev);
    expect(session.sessionToken).toHaveLength(kilobytes * 1024);
    expect((await identify(session)).Arn).toMatch(/user\/dev$/);
  });
});
