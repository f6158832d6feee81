import { createHash, timingSafeEqual } from 'node:crypto';

import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

import type { Service } from './action';
import {
  expiredToken,
  incompleteSignature,
  invalidToken,
  missingToken,
  signatureDoesNotMatch,
} from './aws-error';
import type { Cloud } from './cloud';
import type { Credential } from './model';

/** A request as it came in. Header names are lower case. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What an Authorization header claims. */
interface Claim {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** How far, in milliseconds, the signer's clock may be off: AWS's 15 minutes. */
const SKEW = 15 * 60 * 1000;
const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * Who signed the request: checked, not believed. AWS's own signer signs what was received once more, with the secret
 * that is stored, and both signatures must be equal.
 *
 * @throws MissingAuthenticationToken, IncompleteSignature, InvalidClientTokenId, ExpiredToken, SignatureDoesNotMatch
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export async function authenticate(request: Received, service: Service, cloud: Cloud): Promise<Credential> {
  const claim = readClaim(request);
  const date = request.headers.get('x-amz-date') ?? '';
  checkScope(claim, service, date);
  const credential = cloud.credential(claim.accessKeyId);
  // Keys and token go together: a stale token beside good long-lived keys is refused, too.
  if (credential?.sessionToken !== request.headers.get('x-amz-security-token')) throw invalidToken();
  if (credential === undefined) throw invalidToken();
  if (credential.expiresAt !== undefined && credential.expiresAt <= cloud.now()) throw expiredToken();
  checkDate(date, cloud.now());
  if (!equal(await signatureOf(request, claim, credential, date), claim.signature)) {
    throw signatureDoesNotMatch(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret ' +
        'Access Key and signing method. Consult the service documentation for details.',
    );
  }
  return credential;
}

/** The scope a header claims, unchecked: for the journal. */
export function claimedScope(header: string | undefined): Pick<Claim, 'accessKeyId' | 'region'> | undefined {
  const [, accessKeyId, region] = /Credential=([^/,\s]+)\/\d*\/([^/,\s]*)\//.exec(header ?? '') ?? [];
  return accessKeyId === undefined || region === undefined ? undefined : { accessKeyId, region };
}

function readClaim({ headers }: Received): Claim {
  const header = headers.get('authorization');
  if (header === undefined) throw missingToken();
  const [algorithm, ...rest] = header.split(' ');
  if (algorithm !== ALGORITHM) {
    throw incompleteSignature(
      `Unsupported AWS 'algorithm': '${algorithm ?? ''}', only '${ALGORITHM}' is known`,
    );
  }
  const parts = new Map(
    rest
      .join(' ')
      .split(/,\s*/)
      .map((part) => keyAndValue(part, header)),
  );
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !parts.has(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (!headers.has('x-amz-date')) {
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (missing.length > 0) throw incompleteSignature(`${missing.join(' ')} Authorization=${algorithm}`);
  const credential = parts.get('Credential') ?? '';
  const [accessKeyId = '', date = '', region = '', service = '', end, ...more] = credential.split('/');
  if (end !== 'aws4_request' || more.length > 0) {
    throw incompleteSignature(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  const signedHeaders = (parts.get('SignedHeaders') ?? '').split(';');
  if (!signedHeaders.includes('host')) {
    throw signatureDoesNotMatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  return { accessKeyId, date, region, service, signedHeaders, signature: parts.get('Signature') ?? '' };
}

function keyAndValue(part: string, header: string): readonly [string, string] {
  const at = part.indexOf('=');
  if (at > 0) return [part.slice(0, at), part.slice(at + 1)];
  throw incompleteSignature(
    `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`,
  );
}

function checkScope(claim: Claim, service: Service, date: string): void {
  if (claim.service !== service.name) {
    throw signatureDoesNotMatch(`Credential should be scoped to correct service: '${service.name}'. `);
  }
  if (service.region !== undefined && claim.region !== service.region) {
    throw signatureDoesNotMatch(
      `Credential should be scoped to a valid region, not '${claim.region}'. Expected: '${service.region}'. `,
    );
  }
  // Any region is served here, but it has to be one.
  if (!/^[a-z][a-z0-9-]+$/.test(claim.region)) {
    throw signatureDoesNotMatch(`Credential should be scoped to a valid region, not '${claim.region}'. `);
  }
  if (claim.date !== date.slice(0, 8)) {
    throw signatureDoesNotMatch(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ` +
        `'${claim.date}' != '${date.slice(0, 8)}', from '${date}'.`,
    );
  }
}

function checkDate(date: string, now: number): void {
  const signed = parseDate(date);
  if (Number.isNaN(signed)) {
    throw incompleteSignature(
      `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    );
  }
  const [at, ours] = [basic(signed), basic(now)];
  if (signed < now - SKEW) {
    throw signatureDoesNotMatch(
      `Signature expired: ${at} is now earlier than ${basic(now - SKEW)} (${ours} - 15 min.)`,
    );
  }
  if (signed > now + SKEW) {
    throw signatureDoesNotMatch(
      `Signature not yet current: ${at} is still later than ${basic(now + SKEW)} (${ours} + 15 min.)`,
    );
  }
}

/** `20261121T093000Z` as milliseconds UTC; NaN for anything else. */
const parseDate = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));

const basic = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.\d+|[-:]/g, '');

async function signatureOf(request: Received, claim: Claim, keys: Credential, date: string): Promise<string> {
  const signer = new SignatureV4({
    credentials: keys,
    region: claim.region,
    service: claim.service,
    sha256: Sha256,
    applyChecksum: false,
  });
  const headers = claim.signedHeaders.map((name) => [name, request.headers.get(name) ?? ''] as const);
  const { headers: signed } = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: 'localhost',
      path: request.path,
      query: queryOf(request.search),
      // The signer trusts a checksum header and signs no body beside it: give it the sum of what really came.
      headers: { ...Object.fromEntries(headers), ...checksum(claim, request.body) },
      body: request.body,
    },
    { signingDate: new Date(parseDate(date)), signableHeaders: new Set(claim.signedHeaders) },
  );
  return /Signature=(\w+)$/.exec(signed['authorization'] ?? '')?.[1] ?? '';
}

const checksum = (claim: Claim, body: Uint8Array): Readonly<Record<string, string>> =>
  claim.signedHeaders.includes('x-amz-content-sha256')
    ? { 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') }
    : {};

function queryOf(search: string): Record<string, string[]> {
  const query = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(search))
    query.set(name, [...(query.get(name) ?? []), value]);
  return Object.fromEntries(query);
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}
