/**
 * Strings that must not be mistaken for one another. A brand exists only at compile time; each has one guard or
 * one maker, so that a value that carries the brand has been looked at.
 */
declare const brand: unique symbol;
type Branded<B extends string> = string & { readonly [brand]: B };

/** A profile's name as AWS reads it: trimmed, case-sensitive, `default` for the default profile. */
export type ProfileName = Branded<'ProfileName'>;
/** A full ARN of an IAM role. */
export type RoleArn = Branded<'RoleArn'>;
/** An MFA device: its ARN, or a hardware device's serial number. */
export type MfaSerial = Branded<'MfaSerial'>;
/** Six digits. */
export type MfaCode = Branded<'MfaCode'>;
/** 32 hex digits over everything that decides a step's answer. */
export type CacheKey = Branded<'CacheKey'>;

const make =
  <B extends string>(test: (text: string) => boolean) =>
  (text: string): text is Branded<B> =>
    test(text);

export const isProfileName = make<'ProfileName'>((text) => text !== '');
/** IAM: `arn:partition:iam::account:role/path/name`. */
export const isRoleArn = make<'RoleArn'>((text) => /^arn:[\w-]+:iam::\d{12}:role\/[\x21-\x7e]+$/.test(text));
/** STS, SerialNumber: 9 to 256 of these characters. */
export const isMfaSerial = make<'MfaSerial'>((text) => /^[\w+=/:,.@-]{9,256}$/.test(text));
/** STS, TokenCode. */
export const isMfaCode = make<'MfaCode'>((text) => /^[0-9]{6}$/.test(text));
export const isCacheKey = make<'CacheKey'>((text) => /^[0-9a-f]{32}$/.test(text));

/** Where a value was read: for messages and `explain`. Lines count from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
}

/** A value and the place it came from: a line of a file, or words such as `--region` or `AWS_REGION`. */
export interface Sourced<T = string> {
  readonly value: T;
  readonly from: Origin | string;
}

export function describeOrigin(from: Origin | string): string {
  return typeof from === 'string' ? from : `${from.file}:${String(from.line)}`;
}
