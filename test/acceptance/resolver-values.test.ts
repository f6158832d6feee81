import { describe } from 'vitest';
import { resolverCases, ROLE, ROLE2, type Case } from '../support/resolver';

const Y = 'source_profile = y';
const BASE = `[profile x]\n${ROLE}\n${Y}\n`;
const KEYS = '[y]\n$BOT';
const bad = (line: string, key: string): Case => ({
  rule: `18 ${line.slice(0, 60)}`,
  config: `${BASE}${line}`,
  credentials: KEYS,
  fails: [3, 'config:4', new RegExp(`profile "x": .*${key}`)],
});
const usage = (args: readonly string[], words: RegExp): Case => ({
  rule: `usage ${args.join(' ').slice(0, 60)}`,
  config: BASE,
  credentials: KEYS,
  args,
  fails: [2, undefined, words],
});
const last = `[profile y]\nregion = eu-west-3\n`;

/** Semantics 18 to 21: junk is told with its line or its flag; the region and the endpoint. */
const VALUES: readonly Case[] = [
  bad('role_session_name = a', 'role_session_name'),
  bad('role_session_name = with space', 'role_session_name'),
  bad(`role_session_name = ${'n'.repeat(65)}`, 'role_session_name'),
  bad('external_id = a', 'external_id'),
  bad('external_id = a b', 'external_id'),
  bad('mfa_serial = short', 'mfa_serial'),
  bad('mfa_serial = arn:aws:iam::1:mfa/a b', 'mfa_serial'),
  bad('duration_seconds = 1h', 'duration_seconds'),
  bad('duration_seconds = 3600.5', 'duration_seconds'),
  bad('duration_seconds = 899', 'duration_seconds'),
  bad('duration_seconds = 43201', 'duration_seconds'),
  bad('region = us east', 'region'),
  bad('region = evil.example/', 'region'),
  bad('endpoint_url = localhost:1', 'endpoint_url'),
  bad('use_fips_endpoint = yes', 'use_fips_endpoint'),
  bad('services = none', 'services none'),
  {
    rule: '18 role_arn that is none',
    config: `[profile x]\nrole_arn = admin\n${Y}`,
    credentials: KEYS,
    fails: [3, 'config:2', /role_arn is not valid/],
  },
  {
    rule: '18 role_arn of a user',
    config: `[profile x]\nrole_arn = arn:aws:iam::111122223333:user/x\n${Y}`,
    credentials: KEYS,
    fails: [3, 'config:2', /role_arn is not valid/],
  },
  {
    rule: '18 keys in quotes',
    credentials: '[x]\naws_access_key_id = "AKIAX"\naws_secret_access_key = s',
    fails: [3, 'credentials:2', /stands in quotes/],
  },
  {
    rule: '18 a name that AWS would refuse is cleaned',
    config: `[profile my app!]\n${ROLE}\n${Y}`,
    credentials: KEYS,
    profile: 'my app!',
    sends: { RoleSessionName: 'my-app-' },
  },
  {
    rule: '18 a name of one letter',
    config: BASE,
    credentials: KEYS,
    args: ['--session-name', 'xy'],
    sends: { RoleSessionName: 'xy' },
  },
  {
    rule: '18 a long name is cut',
    config: `[profile ${'n'.repeat(80)}]\n${ROLE}\n${Y}`,
    credentials: KEYS,
    profile: 'n'.repeat(80),
    sends: { RoleSessionName: 'n'.repeat(64) },
  },
  {
    rule: '18 a name with a colon is the profile’s, not the role’s',
    config: `[profile corp:admin]\n${ROLE}\n${Y}`,
    credentials: KEYS,
    profile: 'corp:admin',
    sends: { RoleSessionName: 'corp-admin' },
  },
  usage(['--session-name', 'a b'], /the session name is not one that AWS takes \(--session-name\)/),
  usage(['--external-id', 'a'], /the external id is not one that AWS takes/),
  usage(['--role-duration', 'soon'], /--role-duration is no duration/),
  usage(['--role-duration', '10m'], /out of range for a role \(--role-duration\)/),
  usage(['--role-duration', '13h'], /out of range for a role/),
  usage(['--min-ttl', '-5'], /--min-ttl/),
  usage(['--role-arn', 'admin'], /--role-arn is neither/),
  usage(['--source-profile', 'y'], /--source-profile goes with --role-arn/),
  usage(['--region', 'evil.example/'], /the region is not one \(--region\)/),
  usage(['-t', 'novalue'], /--session-tags want KEY=VALUE/),
  usage(['--source-identity', 'a b'], /--source-identity/),
  usage(['--format', 'xml'], /--format names no format/),
  usage(['--no-such-flag'], /unknown option/),
  {
    rule: '19 the old name of the token, in the files',
    credentials: '[x]\naws_access_key_id = ASIAOLD\naws_secret_access_key = s\naws_security_token = t',
    keyId: 'ASIAOLD',
  },
  {
    rule: '20 the flag',
    config: `${BASE}region = eu-west-1`,
    credentials: KEYS,
    args: ['--region', 'sa-east-1'],
    region: 'sa-east-1',
    calledIn: 'sa-east-1',
  },
  {
    rule: '20 the profile',
    config: `${BASE}region = eu-west-1\n${last}`,
    credentials: KEYS,
    region: 'eu-west-1',
    calledIn: 'eu-west-1',
  },
  {
    rule: '20 its source',
    config: `${BASE}${last}[default]\nregion = us-west-1`,
    credentials: KEYS,
    region: 'eu-west-3',
    calledIn: 'eu-west-3',
  },
  {
    rule: '20 the nearer source',
    config: `[profile x]\n${ROLE2}\nsource_profile = hop\n[profile hop]\n${ROLE}\n${Y}\nregion = eu-south-1\n${last}`,
    credentials: KEYS,
    region: 'eu-south-1',
  },
  {
    rule: '20 [default] as the last resort',
    config: `${BASE}[default]\nregion = us-west-1`,
    credentials: KEYS,
    region: 'us-west-1',
  },
  {
    rule: '20 the user’s own stays, and STS is called there',
    config: BASE,
    credentials: KEYS,
    env: { AWS_REGION: 'ap-east-1' },
    region: null,
    calledIn: 'ap-east-1',
  },
  {
    rule: '20 AWS_DEFAULT_REGION too',
    config: BASE,
    credentials: KEYS,
    env: { AWS_REGION: '', AWS_DEFAULT_REGION: 'ap-south-2' },
    region: null,
    calledIn: 'ap-south-2',
  },
  {
    rule: '20 never one left over from an earlier tsawsume',
    config: BASE,
    credentials: KEYS,
    env: { TSAWSUME_PROFILE: 'old', AWS_REGION: 'ap-east-1', AWS_DEFAULT_REGION: 'ap-east-1' },
    region: null,
    calledIn: 'us-east-1',
  },
  {
    rule: '20 no region at all: the partition’s first',
    config: BASE,
    credentials: KEYS,
    region: null,
    calledIn: 'us-east-1',
  },
  {
    rule: '21 AWS_ENDPOINT_URL where there is no other',
    config: `${BASE}endpoint_url = http://127.0.0.1:9`,
    credentials: KEYS,
    signed: ['bot', 'hop'],
  },
  {
    rule: '21 AWS_ENDPOINT_URL_STS wins over AWS_ENDPOINT_URL',
    config: BASE,
    credentials: KEYS,
    env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    signed: ['bot', 'hop'],
  },
  {
    rule: '21 a source’s endpoint is not heard',
    config: `${BASE}[profile y]\nendpoint_url = nonsense`,
    credentials: KEYS,
    signed: ['bot', 'hop'],
  },
];

describe('values', () => resolverCases(VALUES));
