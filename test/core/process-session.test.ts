import { describe, expect, it } from 'vitest';
import { sessionFromProcess } from '../../src/core/process-session';

const NOW = Date.parse('2026-01-31T10:00:00Z');
const GOOD = { Version: 1, AccessKeyId: 'ASIAEXAMPLE', SecretAccessKey: 'hidden-secret' };
const read = (fields: object) => sessionFromProcess(JSON.stringify(fields), NOW);

describe('what a credential_process printed', () => {
  it('may be long-lived keys', () => {
    const session = read(GOOD);
    expect(session.accessKeyId).toBe('ASIAEXAMPLE');
    expect(session.secretAccessKey.reveal()).toBe('hidden-secret');
    expect(session).not.toHaveProperty('sessionToken');
    expect(session).not.toHaveProperty('expiresAt');
  });

  it('may be a session, with more than we know around it', () => {
    const fields = {
      ...GOOD,
      SessionToken: 'hidden-token',
      Expiration: '2026-01-31T11:00:00Z',
      AccountId: '1',
    };
    const session = sessionFromProcess(`\ufeff  ${JSON.stringify(fields)}\n`, NOW);
    expect(session.sessionToken?.reveal()).toBe('hidden-token');
    expect(session.expiresAt).toBe(NOW + 3_600_000);
  });

  it('may have empty and null fields for "none"', () => {
    expect(read({ ...GOOD, SessionToken: null, Expiration: '' })).not.toHaveProperty('expiresAt');
  });

  it.each([
    ['no JSON', 'hidden-secret'],
    ['half JSON', '{"AccessKeyId":"hidden-secret'],
    ['an array', '["hidden-secret"]'],
    ['null', 'null'],
    ['nothing', ''],
    ['no version', JSON.stringify({ ...GOOD, Version: undefined })],
    ['another version', JSON.stringify({ ...GOOD, Version: 2 })],
    ['the version as text', JSON.stringify({ ...GOOD, Version: '1' })],
    ['no secret', JSON.stringify({ ...GOOD, SecretAccessKey: '' })],
    ['a key that is a number', JSON.stringify({ ...GOOD, AccessKeyId: 7 })],
    ['a time without a zone', JSON.stringify({ ...GOOD, Expiration: '2026-01-31T11:00:00' })],
    ['an expiry that is a number', JSON.stringify({ ...GOOD, Expiration: 1 })],
    ['an expiry that is now', JSON.stringify({ ...GOOD, Expiration: '2026-01-31T10:00:00Z' })],
    ['an expiry in the past', JSON.stringify({ ...GOOD, Expiration: '2020-01-01T00:00:00Z' })],
  ])('is refused when it is %s, and never quoted', (_, output) => {
    expect(() => sessionFromProcess(output, NOW)).toThrow(expect.objectContaining({ kind: 'refused' }));
    expect(() => sessionFromProcess(output, NOW)).not.toThrow(/hidden/);
  });
});
