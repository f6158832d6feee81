// Other people's programs for the same job. One that can't be had, or doesn't do the job, has a row that says why.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Unavailable, go, python } from './install.mjs';

/** awsume 4.5.5 itself is not to be had; its release candidate has the same code as 4.5.6a0, which came after it. */
const PYTHON = ['awsume==4.5.5rc0', 'setuptools<81', 'awscli==1.46.2'];

/**
 * Go's module proxy tells the newest version of neither, and lacks some of what they ask for: hence named versions, which
 * it did serve in November 2026, and replacements.
 */
const AWS_VAULT = {
  module: 'github.com/byteness/aws-vault/v7',
  version: 'v7.8.2',
  main: 'github.com/byteness/aws-vault/v7',
  set: { 'main.Version': 'v7.8.2' },
  replace: [
    // The left one is a fork of the right one. It is for the desktop's keyring, which no row asks.
    'github.com/byteness/go-libsecret => github.com/gsterjov/go-libsecret v0.0.0-20161001094733-a6f4afe4910c',
    // It asks for v0.4.0-beta.1. It is for 1Password, which no row asks.
    'github.com/1password/onepassword-sdk-go => github.com/1password/onepassword-sdk-go v0.4.0-beta.2',
  ],
};

const GRANTED = {
  module: 'github.com/fwdcloudsec/granted',
  version: 'v0.39.0',
  main: 'github.com/fwdcloudsec/granted/cmd/granted',
  // Without its folder's name it is a build for its own developers, with a folder of their own.
  set: {
    'github.com/fwdcloudsec/granted/internal/build.Version': 'v0.39.0',
    'github.com/fwdcloudsec/granted/internal/build.ConfigFolderName': '.granted',
  },
  // The same code, under the name that the module had before.
  replace: ['github.com/fwdcloudsec/granted => github.com/common-fate/granted v0.39.0'],
};

const PASSPHRASE = 'of a toy';

const vault = {
  install: (work) => go(work, 'aws-vault', AWS_VAULT),
  version: ['aws-vault', '--version'],
  env: { AWS_VAULT_BACKEND: 'file', AWS_VAULT_FILE_PASSPHRASE: PASSPHRASE },
  prepare: ['aws-vault', 'add', '--env', 'worker'],
};

/**
 * `job`: its words for a profile's keys on stdout. `forget`: what it keeps sessions in, below HOME. `files`: what else it
 * reads there. `profiles`: what else stands in the config. `storedOnly`: it has no row for keys that are asked for afresh.
 */
export const PEERS = [
  {
    name: 'awsume',
    install: (work) => python(work, PYTHON),
    version: ['awsumepy', '--version'],
    job: (profile) => ['awsumepy', profile],
  },
  {
    // Version 1, which is what PyPI has, can't print keys: it uses them for a call.
    name: 'AWS CLI 1, `sts get-caller-identity`',
    install: (work) => python(work, PYTHON),
    version: ['aws', '--version'],
    job: (profile) => ['aws', 'sts', 'get-caller-identity', '--profile', profile],
    prints: /assumed-role/,
    forget: '.aws/cli',
  },
  {
    ...vault,
    name: 'aws-vault',
    job: (profile) => ['aws-vault', 'export', '--format=json', profile],
  },
  {
    // It stores a role's session where its profile is the first to name an MFA device, and what a process gave. Only the
    // latter is to be had of a chain, and without asking a person: by a profile around it.
    ...vault,
    name: 'aws-vault, as its own `credential_process`',
    profiles: '[profile around]\ncredential_process = aws-vault export --format=json link-3\n',
    job: () => ['aws-vault', 'export', '--format=json', 'around'],
    storedOnly: true,
  },
  {
    // `assume`, its word for shells, is slower at both jobs.
    name: 'granted, `credential-process`',
    install: (work) => go(work, 'granted', GRANTED),
    version: ['granted', '--version'],
    env: { CF_KEYRING_FILE_PASSWORD: PASSPHRASE },
    files: { '.granted/config': '[Keyring]\nBackend = "file"\n' },
    job: (profile) => ['granted', 'credential-process', '--profile', profile],
    forget: '.granted/secure-storage-aws-session-credentials',
  },
];

/** A peer as it is on this machine: `bin` is where its programs are, or `why` they are not. */
export function had(peer, root) {
  const work = join(root, '.ci/out/bench');
  mkdirSync(work, { recursive: true });
  try {
    return { ...peer, bin: peer.install(work) };
  } catch (error) {
    if (error instanceof Unavailable) return { ...peer, why: error.message };
    throw error;
  }
}
