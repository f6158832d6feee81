import { randomBytes } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const base32 = (length: number): string =>
  Array.from(randomBytes(length), (byte) => BASE32.charAt(byte % 32)).join('');

/**
 * AWS's unique ids by their prefix: AKIA long-lived keys, ASIA temporary keys, AIDA users, AROA roles.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export const uniqueId = (prefix: 'AKIA' | 'ASIA' | 'AIDA' | 'AROA'): string => `${prefix}${base32(16)}`;

/** A secret access key: 40 characters of base64, `/` and `+` among them, as AWS's are. */
export const secretKey = (): string => randomBytes(30).toString('base64');

/** The secret of an MFA device, in base32 as a QR code carries it. */
export const mfaSecret = (): string => base32(32);

/** A session token of exactly that many characters: base64, and it starts as STS's do. */
export function sessionToken(length: number): string {
  const start = 'IQoJb3JpZ2luX2Vj';
  return (start + randomBytes(Math.max(0, length)).toString('base64')).slice(0, length);
}
