import type { Case } from '../support/agreement';
import { keyId, keys, role, secret } from '../support/cast';

const ANN = `[ann]\n${keys('ann')}\n`;
const BEN = `[ben]\n${keys('ben')}\n`;

/** Whose keys, and which roles on the way (semantics of AWS's files, as its own documentation has them). */
export const IDENTITY: readonly Case[] = [
  { what: 'keys of the credentials file', credentials: ANN, profile: 'ann', who: 'user/ann' },
  { what: 'keys of the config file', config: `[profile x]\n${keys('ann')}\n`, profile: 'x', who: 'user/ann' },
  { what: 'nobody named: default', credentials: `[default]\n${keys('cat')}\n`, who: 'user/cat' },
  { what: 'default of the config file', config: `[default]\n${keys('cat')}\n`, who: 'user/cat' },
  { what: 'nobody named, and no default', credentials: ANN, who: 'refused' },
  {
    what: 'both files have keys: the credentials file wins',
    config: `[profile x]\n${keys('ann')}\n`,
    credentials: `[x]\n${keys('ben')}\n`,
    profile: 'x',
    who: 'user/ben',
  },
  {
    what: 'a role of a profile with keys',
    config: `[profile r]\n${role('one')}\nsource_profile = ann\n`,
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'a role that stands in the credentials file',
    credentials: `${ANN}[r]\n${role('one')}\nsource_profile = ann\n`,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'a role half here, half there',
    config: `[profile r]\n${role('one')}\n`,
    credentials: `${ANN}[r]\nsource_profile = ann\n`,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'the source is default',
    config: `[profile r]\n${role('one')}\nsource_profile = default\n`,
    credentials: `[default]\n${keys('ben')}\n`,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'a chain of three roles',
    config: [
      `[profile a]\n${role('one')}\nsource_profile = ann\n`,
      `[profile b]\n${role('two')}\nsource_profile = a\n`,
      `[profile c]\n${role('three')}\nsource_profile = b\n`,
    ].join(''),
    credentials: ANN,
    profile: 'c',
    who: 'assumed-role/three',
  },
  {
    what: 'its own source, with keys',
    config: `[profile r]\n${role('one')}\nsource_profile = r\n${keys('ann')}\n`,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'a source with keys and a role: the keys end the chain',
    config: `[profile r]\n${role('one')}\nsource_profile = s\n[profile s]\n${role('two')}\nsource_profile = ben\n`,
    credentials: `${BEN}[s]\n${keys('ann')}\n`,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'keys beside a source: the source signs',
    config: `[profile r]\n${role('one')}\nsource_profile = ann\n${keys('ben')}\n`,
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'what a level asks for belongs to that level',
    config: [
      `[profile a]\n${role('one')}\nsource_profile = ann\nexternal_id = first\nrole_session_name = named-a\n`,
      `[profile b]\n${role('two')}\nsource_profile = a\nduration_seconds = 1800\nexternal_id = last\n`,
    ].join(''),
    credentials: ANN,
    profile: 'b',
    who: 'assumed-role/two',
  },
  {
    what: 'two hours for a role',
    config: `[profile r]\n${role('one')}\nsource_profile = ann\nduration_seconds = 7200\nrole_session_name = named\n`,
    credentials: ANN,
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'AWS_PROFILE names the profile',
    credentials: ANN + BEN,
    env: { AWS_PROFILE: 'ben' },
    who: 'user/ben',
  },
  {
    what: 'AWS_DEFAULT_PROFILE names the profile',
    credentials: ANN + BEN,
    env: { AWS_DEFAULT_PROFILE: 'ben' },
    who: 'user/ben',
  },
  {
    what: 'a named profile outvotes AWS_PROFILE',
    credentials: ANN + BEN,
    env: { AWS_PROFILE: 'ben' },
    profile: 'ann',
    who: 'user/ann',
  },
  {
    what: 'a named profile outvotes keys in the environment',
    credentials: ANN,
    env: { AWS_ACCESS_KEY_ID: keyId('ben'), AWS_SECRET_ACCESS_KEY: secret('ben') },
    profile: 'ann',
    who: 'user/ann',
  },
  {
    what: 'credential_source = Environment',
    config: `[profile r]\n${role('one')}\ncredential_source = Environment\n`,
    env: { AWS_ACCESS_KEY_ID: keyId('cat'), AWS_SECRET_ACCESS_KEY: secret('cat') },
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'files that stand elsewhere',
    files: { 'my config': `[profile r]\n${role('one')}\nsource_profile = ann\n`, 'my keys': ANN },
    env: { AWS_CONFIG_FILE: '~/my config', AWS_SHARED_CREDENTIALS_FILE: '~/my keys' },
    profile: 'r',
    who: 'assumed-role/one',
  },
  {
    what: 'a stale token in the config file does not join keys of the credentials file',
    config: `[profile x]\naws_session_token = stale\n`,
    credentials: `[x]\n${keys('ann')}\n`,
    profile: 'x',
    who: 'user/ann',
  },
  {
    what: 'a loop whose second link has keys: they end it',
    config: `[profile a]\n${role('one')}\nsource_profile = b\n[profile b]\n${role('two')}\nsource_profile = a\n${keys('ann')}\n`,
    profile: 'a',
    who: 'assumed-role/one',
  },
  {
    what: 'what stands in default belongs to default',
    config: `[default]\nfoo = bar\n[profile r]\n${role('one')}\nsource_profile = ann\n`,
    credentials: `${ANN}[default]\nrole_arn = x\n`,
    profile: 'r',
    who: 'assumed-role/one',
  },
];
