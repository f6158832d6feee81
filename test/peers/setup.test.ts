import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Home, run, type Result } from '../support/harness';
import { readDocument } from './support/document';
import { Moto } from './support/moto';
import { peersPath } from './support/peers';

const PARTNER = 'arn:aws:iam::444455556666:role/setup';
const { blocks, unexplained } = readDocument(
  // moto's own account; told another, it would take every account for that one.
  readFileSync('docs/setup.md', 'utf8').replaceAll('111122223333', '123456789012'),
);
const END = '--- end of line';

/**
 * All in one bash, as a reader would: each block stands in a function's place, its stdout ends with a mark. A code is
 * given by the environment, another for each block, for none is taken twice.
 */
function script(): string {
  const parts = blocks.map(({ line, script: text }, index) =>
    [`export TSAWSUME_MFA_TOKEN=${String(100_000 + index)}`, text, `printf '%s\\n' '${END} ${line}'`].join(
      '\n',
    ),
  );
  return ['set -e -o pipefail', ...parts].join('\n');
}

describe('docs/setup.md', () => {
  let moto: Moto;
  let home: Home;
  let result: Result;

  beforeAll(async () => {
    moto = await Moto.start();
    const pair = ['--query', 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]'];
    const assume = ['--role-arn', PARTNER, '--role-session-name', 'setup'];
    const [id = '', secret = '', token = ''] = (
      await moto.aws('sts', 'assume-role', ...assume, ...pair)
    ).split(/\s+/);
    const partner = `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\naws_session_token = ${token}\n`;
    const admin = 'aws_access_key_id = setup\naws_secret_access_key = setup\n';
    home = new Home(
      '[profile admin]\nregion = eu-central-1\n[profile partner-admin]\nregion = eu-central-1\n',
      `[admin]\n${admin}[partner-admin]\n${partner}`,
    );
    chmodSync(join(home.path, '.aws/credentials'), 0o644);
    const env = {
      // No region: the document has to bring it.
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      PATH: peersPath(),
      HOME: home.path,
      AWS_ENDPOINT_URL: moto.url,
      TZ: 'UTC',
    };
    const codes = '123456\n654321\n'.repeat(2);
    const bash = ['bash', '--norc', '-c', script()];
    result = await run(bash, { env, cwd: home.path, input: codes });
  }, 300_000);
  afterAll(() => {
    moto.stop();
    home.remove();
  });

  it('runs from end to end', () => {
    expect(result.code, result.stderr).toBe(0);
    expect(blocks.length).toBeGreaterThan(20);
  });

  it.each(blocks.filter(({ output }) => output !== undefined))(
    'prints at line $line what it says',
    ({ line, output }) => {
      const printed = result.stdout
        .split(`${END} ${String(line)}\n`)[0]
        ?.split(new RegExp(`${END} \\d+\n`))
        .at(-1);
      expect(printed).toBe(output);
    },
  );

  it('says of every block that is not run why', () => {
    expect(unexplained).toEqual([]);
  });

  it('leaves credentials that only their owner can read, and no stored session', () => {
    expect(statSync(join(home.path, '.aws/credentials')).mode & 0o777).toBe(0o600);
    expect(home.sessions()).toEqual([]);
  });
});
