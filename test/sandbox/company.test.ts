import { parseKnownFiles } from '@smithy/shared-ini-file-loader';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { makeCompany } from '../../src/sandbox/company';
import { companyFiles } from '../../src/sandbox/company-files';
import { totpCode, totpSecondsLeft } from '../../src/sandbox/mfa';
import { Params } from '../../src/sandbox/query';
import { element, escapeXml } from '../../src/sandbox/xml';

describe('the company', () => {
  test('AWS’s own loader reads its files', async () => {
    const company = makeCompany();
    const { config, credentials } = companyFiles(company, { endpoint: 'http://127.0.0.1:1234' });
    const home = mkdtempSync(join(tmpdir(), 'tsawsume-company-'));
    const [filepath, configFilepath] = [join(home, 'credentials'), join(home, 'config')];
    writeFileSync(filepath, credentials);
    writeFileSync(configFilepath, config);
    const profiles = await parseKnownFiles({ filepath, configFilepath, ignoreCache: true });
    rmSync(home, { recursive: true });

    expect(
      Object.keys(profiles)
        .filter((name) => !name.startsWith('services.'))
        .sort(),
    ).toEqual(['alice', 'bot', 'cli-role', 'default', 'deployer', 'dev', 'limited', 'partner', 'reader']);
    const { dev } = company.users;
    expect(profiles['dev']?.['aws_secret_access_key']).toBe(dev.key.secretAccessKey);
    expect(profiles['default']?.['aws_access_key_id']).toBe(dev.key.accessKeyId);
    expect(profiles['cli-role']).toMatchObject({
      role_arn: 'arn:aws:iam::111122223333:role/cli-role',
      source_profile: 'dev',
      mfa_serial: 'arn:aws:iam::111122223333:mfa/dev',
      services: 'sandbox',
    });
    expect(profiles['deployer']?.['source_profile']).toBe('cli-role');
    expect(profiles['partner']?.['external_id']).toBe('tsawsume-example');
    expect(profiles['services.sandbox']).toMatchObject({ 'sts.endpoint_url': 'http://127.0.0.1:1234' });
  });

  test('reads well', () => {
    const { config } = companyFiles(makeCompany());
    expect(config).toMatchInlineSnapshot(`
      "# A developer. These keys can do nothing but assume roles.
      [default]
      region = us-east-1

      # The same developer by name: the source of the roles below.
      [profile dev]
      region = us-east-1

      # A role that wants MFA: one code, and it is yours for 12 hours if you like.
      [profile cli-role]
      role_arn = arn:aws:iam::111122223333:role/cli-role
      source_profile = dev
      mfa_serial = arn:aws:iam::111122223333:mfa/dev
      region = us-east-1

      # A role that asks for nothing.
      [profile reader]
      role_arn = arn:aws:iam::111122223333:role/reader
      source_profile = dev
      region = us-east-1

      # A chain: only cli-role may become deployer.
      [profile deployer]
      role_arn = arn:aws:iam::111122223333:role/deployer
      source_profile = cli-role
      region = us-east-1

      # Wishes for 12 hours, but the role allows 2.
      [profile limited]
      role_arn = arn:aws:iam::111122223333:role/limited
      source_profile = dev
      duration_seconds = 43200
      region = us-east-1

      # A role in another account, which wants an external id.
      [profile partner]
      role_arn = arn:aws:iam::444455556666:role/partner
      source_profile = dev
      external_id = tsawsume-example
      region = us-east-1

      # A user who works with MFA and without a role.
      [profile alice]
      mfa_serial = arn:aws:iam::111122223333:mfa/alice
      region = us-east-1

      # A machine: keys, and no MFA.
      [profile bot]
      region = us-east-1
      "
    `);
  });

  test('has new secrets each time, of AWS’s shape', () => {
    const [one, other] = [makeCompany().users.dev, makeCompany().users.dev];
    expect(one.key.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(one.key.secretAccessKey).toHaveLength(40);
    expect(one.device?.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(one.key).not.toEqual(other.key);
  });
});

describe('small parts', () => {
  test('codes are those of RFC 6238, appendix B', () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect([59, 1111111109, 20000000000].map((second) => totpCode(secret, second * 1000))).toEqual([
      '287082',
      '081804',
      '353130',
    ]);
    expect([0, 29_999, 30_000].map(totpSecondsLeft)).toEqual([30, 1, 30]);
  });

  test('XML carries any text', () => {
    expect(escapeXml(`<a href="x">'&\r\u001b`)).toBe('&lt;a href=&quot;x&quot;&gt;&apos;&amp;&#13;\ufffd');
    expect(element('A', { B: [1, { C: true }], D: undefined, E: '' }, 'urn:x')).toBe(
      '<A xmlns="urn:x"><B><member>1</member><member><C>true</C></member></B><E></E></A>',
    );
  });

  test('lists of the query protocol, in their order', () => {
    const params = Params.parse(
      'T.member.10.Key=j',
      'T.member.2.Key=b&T.member.1.Key=a&T.member.1.Value=1&U.member.1=u&Tx.member.1=no',
    );
    expect(params.members('T').map((member) => member.get('Key'))).toEqual(['a', 'b', 'j']);
    expect(params.members('T')[0]?.get('Value')).toBe('1');
    expect(params.strings('U')).toEqual(['u']);
  });
});
