import { isoSeconds } from './time';
import type { Identity } from './identity';

/** The mark of the sections that tsawsume wrote into AWS's files, and the only ones it ever changes there. */
export const MANAGER = 'tsawsume';

/** Which of AWS's two files. */
export type AwsFile = 'config' | 'credentials';

/** What a section of ours is to say: each key with its value, or undefined where it is to say nothing of it. */
export type SectionValues = readonly (readonly [key: string, value: string | undefined])[];

/** A section of ours as it stands in a file: a later duplicate has won. */
export interface ManagedSection {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/** What makes an identity of a profile: beside such a setting of the user's own, ours would be another's keys. */
export const IDENTITY_KEYS: readonly string[] = [
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'aws_security_token',
  'role_arn',
  'source_profile',
  'credential_source',
  'credential_process',
  'web_identity_token_file',
  'sso_session',
  'sso_start_url',
  'sso_account_id',
  'login_session',
];

/** The section of `--output-profile` (awsume's fields). Holds secrets. */
export function outputValues({ session, region }: Identity): SectionValues {
  return [
    ['manager', MANAGER],
    ['aws_access_key_id', session.accessKeyId],
    ['aws_secret_access_key', session.secretAccessKey.reveal()],
    ['aws_session_token', session.sessionToken?.reveal()],
    ['aws_security_token', undefined],
    ['region', region],
    ['expiration', session.expiresAt === undefined ? undefined : isoSeconds(session.expiresAt)],
  ];
}

/** The section of `--auto-refresh`. Holds no secret. */
export const refresherValues = (command: string, region: string | undefined): SectionValues => [
  ['manager', MANAGER],
  ['credential_process', command],
  ['region', region],
];
