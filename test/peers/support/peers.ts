import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { quotePosix } from './quote';
import { PROGRAM } from '../../support/harness';

const venv = resolve(process.env['TSAWSUME_PEERS'] ?? '.ci/venv');

/** A program of the peers' environment. A test that can't run its peer has failed: nothing skips. */
export function peer(name: string): string {
  const path = join(venv, 'bin', name);
  if (existsSync(path)) return path;
  throw new Error(
    `${path} is missing: run .ci/peers.sh, or let TSAWSUME_PEERS name a venv with awscli and moto`,
  );
}

/** A folder with the command `tsawsume` in it, as an install would bring it. */
const installed = mkdtempSync(join(tmpdir(), 'tsawsume-path-'));
const path = join(installed, 'tsawsume');
writeFileSync(path, `#!/bin/sh\nexec ${PROGRAM.map(quotePosix).join(' ')} "$@"\n`);
chmodSync(path, 0o755);
afterAll(() => rmSync(installed, { recursive: true }));

/** A PATH on which `tsawsume` and `aws` are found, `aws` being the peer. */
export function peersPath(): string {
  return [installed, join(peer('aws'), '..'), process.env['PATH'] ?? ''].join(delimiter);
}

/** What keeps the AWS CLI to the files and the endpoint that a test gives it. */
export const AWS_ALONE = {
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
} as const;
