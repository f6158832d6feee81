// Other people's programs for the same job. Each is installed from its registry into a folder that git ignores; one that
// can't be had, or doesn't do the job, has a row that says why.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** awsume 4.5.5 itself is not to be had; its release candidate has the same code as 4.5.6a0, which came after it. */
const PYTHON = ['awsume==4.5.5rc0', 'setuptools<81', 'awscli==1.46.2'];

/** Where registries are is nobody's business, and what they said is. */
export const reason = (text) =>
  text
    .replace(/https?:\/\/\S+/g, '…')
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .slice(-2)
    .join(' ')
    .replaceAll('|', String.raw`\|`)
    .slice(-200);

class Unavailable extends Error {}

function installing(argv, env = {}) {
  const { status, error, stderr } = spawnSync(argv[0], argv.slice(1), {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Unavailable(`can't be installed: ${reason(error?.message ?? stderr)}`);
}

/** The folder with both Python programs. */
function python(work) {
  const venv = join(work, 'venv');
  if (!existsSync(join(venv, 'bin/pip'))) installing(['python3', '-m', 'venv', venv]);
  installing([join(venv, 'bin/pip'), 'install', '--quiet', '--disable-pip-version-check', ...PYTHON]);
  return join(venv, 'bin');
}

/** The folder with what Go makes of a package. */
function go(work, path) {
  const bin = join(work, 'go/bin');
  installing(['go', 'install', `${path}@latest`], {
    PATH: [process.env.PATH, '/usr/local/go/bin'].join(delimiter),
    GOFLAGS: '-modcacherw',
    GOPATH: join(work, 'go'),
    GOBIN: bin,
    GOCACHE: join(work, 'go-cache'),
  });
  return bin;
}

const PASSPHRASE = 'of a toy';

/** `job`: its words for a profile's keys on stdout. `forget`: what it keeps sessions in, below HOME. */
export const PEERS = [
  {
    name: 'awsume',
    install: python,
    version: ['awsumepy', '--version'],
    job: (profile) => ['awsumepy', profile],
  },
  {
    // Version 1, which is what PyPI has, can't print keys: it uses them for a call.
    name: 'AWS CLI 1, `sts get-caller-identity`',
    install: python,
    version: ['aws', '--version'],
    job: (profile) => ['aws', 'sts', 'get-caller-identity', '--profile', profile],
    prints: /assumed-role/,
    forget: '.aws/cli',
  },
  {
    name: 'aws-vault',
    install: (work) => go(work, 'github.com/byteness/aws-vault/v7'),
    version: ['aws-vault', '--version'],
    env: { AWS_VAULT_BACKEND: 'file', AWS_VAULT_FILE_PASSPHRASE: PASSPHRASE },
    prepare: ['aws-vault', 'add', '--env', 'worker'],
    job: (profile) => ['aws-vault', 'export', '--format=json', profile],
  },
  {
    name: 'granted',
    install: (work) => {
      go(work, 'github.com/fwdcloudsec/granted/cmd/granted');
      return go(work, 'github.com/fwdcloudsec/granted/cmd/assumego');
    },
    version: ['granted', '--version'],
    env: { GRANTED_ALIAS_CONFIGURED: 'true', CF_KEYRING_FILE_PASSWORD: PASSPHRASE },
    files: { '.granted/config': 'DefaultBrowser = "STDOUT"\n[Keyring]\nBackend = "file"\n' },
    job: (profile) => ['assumego', profile],
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
