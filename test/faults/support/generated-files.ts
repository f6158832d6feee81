import fc from 'fast-check';

/** What the config and credentials files of people, programs and accidents are made of. */
const NAMES = [
  'default',
  'a',
  'dev',
  'work',
  '__proto__',
  'constructor',
  'toString',
  'é',
  'a b',
  '"q r"',
  "it's",
  '$(x)',
  '-n',
  '[',
  '中',
  '',
];
const name = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...NAMES) }, fc.string({ maxLength: 6 }));

const header = fc.oneof(
  { weight: 6, arbitrary: name.map((each) => `[profile ${each}]`) },
  { weight: 4, arbitrary: name.map((each) => `[${each}]`) },
  fc
    .tuple(fc.constantFrom('sso-session', 'services', 'profile\t', 'Profile', 'plugins'), name)
    .map(([kind, each]) => `[${kind} ${each}]`),
  fc.constantFrom(
    '[',
    ']',
    '[]',
    '[profile]',
    '[profile ]',
    '[[x]]',
    '[x',
    'x]',
    '[ profile  y ] # c',
    '\t[z]',
  ),
);

const KEYS = [
  'role_arn', 'source_profile', 'credential_source', 'mfa_serial', 'mfa_process', 'external_id', 'role_session_name',
  'duration_seconds', 'region', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'credential_process',
  'web_identity_token_file', 'sso_session', 'sso_account_id', 'sso_role_name', 'sso_region', 'sso_start_url', 'services',
  'endpoint_url', 'ca_bundle', 'manager', 'expiration', 's3', 'output', '__proto__', 'constructor', 'Role_ARN', '',
] as const; // prettier-ignore
const VALUES = [
  'arn:aws:iam::111122223333:role/r', 'arn:aws:iam::1:role/', 'arn:aws:iam::111122223333:mfa/d', 'dev', 'a', 'default', 'self',
  'Environment', 'Ec2InstanceMetadata', 'us-east-1', '3600', '43200', '-1', '1e9', '0x10', 'true', 'AKIAEXAMPLE', 'tsawsume',
  'sec/ret+=', 'http://127.0.0.1:1', 'ftp://x', 'echo {}', '"quoted"', 'a # comment', 'a;b', 'a ; b', '%(x)s', '${HOME}', '~/x',
  '\u00a0', '\u2028', '\u001b[2J', '2020-01-01T00:00:00Z', '',
] as const; // prettier-ignore
const value = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<string>(...VALUES) },
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const separator = fc.constantFrom('=', ' = ', ' =', '= ', '\t=\t', ':', ' ', '==', '');
const setting = fc
  .tuple(fc.constantFrom('', '', '', ' ', '  ', '\t'), fc.constantFrom<string>(...KEYS), separator, value)
  .map((parts) => parts.join(''));

const line = fc.oneof(
  { weight: 3, arbitrary: header },
  { weight: 8, arbitrary: setting },
  fc.constantFrom('', '  ', '# c', '; c', '#', 'junk', '=', '= x', '  nested = 1', '\0', '\ufeff', '\\'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** A file's bytes: lines that nearly make sense, in an encoding that is nearly always UTF-8. */
export const fileBytes: fc.Arbitrary<Buffer> = fc
  .record({
    lines: fc.array(line, { maxLength: 24 }),
    end: fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\n\n'),
    closed: fc.boolean(),
    encoding: fc.constantFrom<BufferEncoding>(
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'utf8',
      'latin1',
      'utf16le',
    ),
    bom: fc.constantFrom('', '', '', '\ufeff'),
  })
  .map(({ lines, end, closed, encoding, bom }) =>
    Buffer.from(bom + lines.join(end) + (closed ? end : ''), encoding),
  );
