import { describe, expect, it } from 'vitest';
import { failureOf } from '../../src/io/sts-errors';

const withCode = (code: string, name = 'Error', message = '') =>
  Object.assign(new Error(message), { name, code });
const answered = (status: number, more: object = {}, headers: Readonly<Record<string, string>> = {}) =>
  Object.assign(new Error('said'), {
    $metadata: { httpStatusCode: status },
    $response: { headers },
    ...more,
  });

describe('what was not answered', () => {
  it.each([
    [withCode('ECONNREFUSED'), 'connection refused', false],
    [withCode('ENOTFOUND'), 'its name was not found', false],
    [withCode('EAI_AGAIN'), 'its name was not found', false],
    [withCode('ENETUNREACH', 'Error', 'no way'), 'ENETUNREACH no way', false],
    [
      withCode('DEPTH_ZERO_SELF_SIGNED_CERT'),
      'its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)',
      false,
    ],
    [
      withCode('ERR_TLS_CERT_ALTNAME_INVALID'),
      'its certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)',
      false,
    ],
    [
      withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
      'its certificate is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
      false,
    ],
    [withCode('ECONNRESET'), 'the connection was cut', true],
    [withCode('EPIPE'), 'the connection was cut', true],
    [
      withCode('EPROTO', 'Error', 'write EPROTO 80:error:0A00010B:SSL routines::wrong version number:x.c:1:'),
      'it does not speak TLS',
      false,
    ],
    [withCode('ETIMEDOUT', 'TimeoutError'), 'no answer within 10s', true],
    [
      withCode('', 'TimeoutError', 'the socket did not establish a connection with the server'),
      'no connection within 3s',
      false,
    ],
  ])('%o: %s; it may have arrived: %s', (error, text, reached) => {
    const { refusal, status } = failureOf(error, 0);
    expect([refusal.code, refusal.text, refusal.reached, status]).toEqual([
      'NetworkError',
      text,
      reached,
      undefined,
    ]);
  });
});

describe('what was answered', () => {
  it('without being HTTP is told as what is not of STS', () => {
    const { refusal } = failureOf(withCode('HPE_INVALID_CONSTANT', 'Error', 'Parse Error'), 0);
    expect([refusal.code, refusal.text, refusal.reached]).toEqual([
      'InvalidResponse',
      'the answer is not one of STS',
      true,
    ]);
  });

  it('STS’s own errors have their names and words', () => {
    const { refusal, status } = failureOf(answered(403, { name: 'AccessDenied', $fault: 'client' }), 0);
    expect([refusal.code, refusal.text, refusal.reached, status]).toEqual([
      'AccessDenied',
      'said',
      true,
      403,
    ]);
  });
  it.each([
    [answered(502, { name: 'SyntaxError' }), 'HTTP 502, and not an answer of STS'],
    [answered(302, { name: 'Unknown', $fault: 'client' }), 'HTTP 302, and not an answer of STS'],
    [answered(500, { name: '<b>', $fault: 'server' }), 'HTTP 500, and not an answer of STS'],
    [new RangeError('too long'), 'the answer is not one of STS'],
    ['a string', 'the answer is not one of STS'],
    [undefined, 'the answer is not one of STS'],
  ])('%o: %s', (error, text) => {
    const { refusal } = failureOf(error, 0);
    expect([refusal.code, refusal.text, refusal.reached]).toEqual(['InvalidResponse', text, true]);
  });
  it.each([
    ['1', 1_000],
    ['3600', 3_600_000],
    [' 5 ', 5_000],
    ['soon', undefined],
    ['-5', undefined],
    ['soon 1', undefined],
    ['', undefined],
    ['99999999999', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('Retry-After %j: %s ms', (value, wait) => {
    expect(failureOf(answered(400, {}, { 'retry-after': value }), 0).retryAfter).toBe(wait);
  });
  it('how far the clock is off goes along', () => {
    expect(failureOf(answered(403), 90_000).refusal.clockOffset).toBe(90_000);
    expect(failureOf(answered(403), 0).refusal.clockOffset).toBeUndefined();
  });
});
