import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { junkXml, refusal } from '../../src/sandbox/faults';
import type { RunOptions, Result, World } from '../support/harness';
import { arnOf, keysOf, OPEN, openWorld, secretsOf } from '../support/open-company';

/** What `--info` and `--debug` tell, and what nobody is ever told: keys, tokens, codes. */
let world: World;
const GIVEN = {
  AccessKeyId: 'ASIAGIVEN',
  SecretAccessKey: 'given/secret/of/json',
  SessionToken: 'given-token==',
};
const PRINTED = { Version: 1, AccessKeyId: 'AKIAPRINTED', SecretAccessKey: 'printed/secret/by/process' };
const WRONG = 'wrong/secret/of/a/typo/in/a/file';

beforeAll(async () => {
  world = await openWorld();
  const script = (name: string, body: string): string => {
    const path = join(world.home.path, name);
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const good = script('good', `echo '${JSON.stringify(PRINTED)}'`);
  const bad = script('bad', `echo '${JSON.stringify(PRINTED).slice(0, -2)}'; exit 0`);
  const fails = script('fails', `echo '${JSON.stringify(PRINTED)}'; exit 3`);
  const serial = world.sandbox.company.users.dev.device?.serial ?? '';
  const role = (name: string, more: string): string =>
    `[profile ${name}]\nrole_arn = ${arnOf(OPEN.hop)}\n${more}\n`;
  world.home.write(
    `[profile dev]\n` +
      role('mfa', `source_profile = dev\nmfa_serial = ${serial}`) +
      role('last', 'source_profile = mfa') +
      role('typo', 'source_profile = typo-keys') +
      role('plain', 'source_profile = dev') +
      [`good ${good}`, `bad ${bad}`, `fails ${fails}`, `missing /no/such ${GIVEN.SecretAccessKey}`]
        .map(
          (line) =>
            `[profile ${line.split(' ')[0] ?? ''}]\ncredential_process = ${line.replace(/^\w+ /, '')}\n`,
        )
        .join(''),
    `[dev]\n${keysOf(world, 'dev')}[typo-keys]\naws_access_key_id = ${world.sandbox.company.users.dev.key.accessKeyId}\naws_secret_access_key = ${WRONG}\n` +
      `[junk]\naws_access_key_id = AKIAJUNK\naws_secret_access_key ${WRONG}\n[half]\naws_secret_access_key = ${WRONG}\n[blank]\naws_access_key_id = AKIAX\naws_secret_access_key = ${WRONG} and more\n`,
  );
});
afterEach(() => {
  world.sandbox.setFault(undefined);
  world.sandbox.journal.clear();
});
afterAll(() => world.close());

/** Every secret there is now: of people, of files, and of each session that was stored. */
function secrets(): readonly string[] {
  const stored = world.home.sessions().flatMap((name) => {
    const entry: unknown = JSON.parse(readFileSync(join(world.home.cache, name), 'utf8'));
    return [...JSON.stringify(entry).matchAll(/"(?:secretAccessKey|sessionToken)":"([^"]+)"/g)].map(
      ([, secret]) => secret ?? '',
    );
  });
  return [
    ...secretsOf(world),
    ...stored,
    GIVEN.SecretAccessKey,
    GIVEN.SessionToken,
    PRINTED.SecretAccessKey,
    WRONG,
  ];
}

async function told(args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const result = await world.run(args, options);
  const text = result.stderr + (result.code === 0 ? '' : result.stdout);
  for (const secret of secrets()) expect(text).not.toContain(secret);
  return result;
}

describe('--info and --debug', () => {
  it('--info: the files, the chain, each call with its region, host and time, what was stored or fetched', async () => {
    const code = world.code();
    const { stderr } = await told(['export', 'last', '--info', '--mfa-token', code]);
    const { host } = new URL(world.sandbox.url);
    expect(stderr).toContain(`files: ${world.home.path}/.aws/config, ${world.home.path}/.aws/credentials\n`);
    expect(stderr).toContain('settings: none\n');
    expect(stderr).toContain('chain: "dev" → "mfa" → "last"\n');
    for (const action of ['GetSessionToken', 'AssumeRole'])
      expect(stderr).toMatch(new RegExp(`^${action} at ${host} \\(us-east-1\\): ok in \\d+ms$`, 'm'));
    expect(stderr).toMatch(/^get-session-token of "dev": fetched, until /m);
    expect(stderr).toMatch(/^assume-role of "last": fetched, until /m);
    expect(stderr).not.toContain('debug:');
    expect(stderr).not.toContain(code);
    const again = await told(['export', 'last', '--info']);
    expect(again.stderr).toMatch(/^assume-role of "last": stored, until /m);
    expect(again.stderr).not.toContain(' at ');
  });

  it('--debug: keys of the store, and what was decided', async () => {
    const { stderr } = await told(['export', 'mfa', '--debug', '--min-ttl', '59m59s']);
    expect(stderr).toMatch(/^debug: planned: assume-role, because signed by the user's session/m);
    expect(stderr).toMatch(
      /^debug: assume-role of "mfa", key [0-9a-f]{32}: stored, \d+s left of 3599s wanted/m,
    );
    const key = /of "mfa", key ([0-9a-f]{32})/.exec(stderr)?.[1] ?? '';
    expect(readdirSync(world.home.cache)).toContain(`${key}.json`);
  });

  it('without them there is none of it', async () => {
    expect((await told(['export', 'plain'])).stderr).toBe('');
  });
});

describe('no secret is told, with --debug, whatever goes wrong', () => {
  it.each([
    ['a process', ['export', 'good']],
    ['a process whose output is cut', ['export', 'bad']],
    ['a process that fails', ['export', 'fails']],
    ['a process that is not there, with a secret among its words', ['export', 'missing']],
    ['a wrong secret', ['export', 'typo']],
    ['a line without =', ['export', 'junk']],
    ['half a pair', ['export', 'half']],
    ['a key with blanks', ['export', 'blank']],
    ['keys of --json', ['export', '--json', JSON.stringify(GIVEN)]],
    ['keys of --json that STS does not know', ['export', 'plain', '--json', JSON.stringify(GIVEN)]],
    ['a flag misspelt, its value with it', ['export', 'plain', `--jsn=${JSON.stringify(GIVEN)}`]],
    ['the same before the profile', [`--jsn=${JSON.stringify(GIVEN)}`, 'plain']],
    ['exec', ['exec', 'plain', '--', '/bin/sh', '-c', 'exit 3']],
    ['explain', ['explain', 'last']],
    ['list', ['list']],
    ['whoami', ['whoami', 'plain']],
  ])('%s', async (_, args) => {
    const at = args.indexOf('--');
    const words = at < 0 ? [...args, '--debug'] : [...args.slice(0, at), '--debug', ...args.slice(at)];
    const { stderr } = await told(words);
    expect(stderr).not.toBe('');
  });

  it('STS answers with nonsense, or with an error', async () => {
    for (const fault of [junkXml(), refusal(403, 'AccessDenied', 'no')]) {
      world.sandbox.setFault(() => fault);
      expect((await told(['export', 'plain', '-r', '--debug'])).code).toBe(1);
    }
  });

  it.each([['--mfa-token'], ['TSAWSUME_MFA_TOKEN'], ['stdin']])('nor a code, of %s', async (from) => {
    for (const code of ['918273', '9182736', '91827x']) {
      const flags = from === 'stdin' ? ['--mfa-token', '-'] : from === '--mfa-token' ? [from, code] : [];
      const env = from === 'TSAWSUME_MFA_TOKEN' ? { TSAWSUME_MFA_TOKEN: code } : {};
      const options = { env, input: `${code}\n` };
      const { stderr, code: exit } = await told(['export', 'mfa', '-r', '--debug', ...flags], options);
      expect(exit).not.toBe(0);
      expect(stderr).not.toContain('91827');
    }
    const misspelt = await told(['mfa', '--mfa-tokn=918273', '--debug']);
    expect([misspelt.code, misspelt.stderr.includes('91827')]).toEqual([2, false]);
  });
});
