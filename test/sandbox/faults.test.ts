import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import {
  delay,
  firstCalls,
  hang,
  huge,
  junkXml,
  redirect,
  reset,
  serverError,
  throttled,
} from '../../src/sandbox/faults';
import type { Fault } from '../../src/sandbox/faults';
import { startSandbox } from '../../src/sandbox/server';
import { Bench, WRONG_CODE, refusalOf } from './bench';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.sandbox.close());

const post = (): Promise<Response> =>
  fetch(bench.sandbox.url, { method: 'POST', body: 'Action=GetCallerIdentity', redirect: 'manual' });

describe('answers of a fault', () => {
  const table: readonly (readonly [string, Fault, number, string, string | undefined])[] = [
    ['throttling', throttled('3600'), 400, '<Code>Throttling</Code>', '3600'],
    ['throttling without advice', throttled(), 400, 'Rate exceeded', undefined],
    ['a broken server', serverError(503), 503, 'InternalFailure', undefined],
    ['junk', junkXml(), 200, '<Creden', undefined],
  ];
  test.each(table)('%s', async (_, fault, status, text, retryAfter) => {
    bench.sandbox.setFault(() => fault);
    const answer = await post();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('retry-after') ?? undefined).toBe(retryAfter);
    expect(await answer.text()).toContain(text);
    expect(bench.sandbox.journal.calls).toMatchObject([{ fault: 'reply', outcome: 'fault', status }]);
  });

  test('a redirect, and a body of 10 MB', async () => {
    bench.sandbox.setFault(() => redirect('http://127.0.0.1:1/'));
    expect((await post()).headers.get('location')).toBe('http://127.0.0.1:1/');
    bench.sandbox.setFault(() => huge(10_000_000));
    expect((await (await post()).arrayBuffer()).byteLength).toBe(10_000_000);
  });

  test('only the first calls, of one action', async () => {
    bench.sandbox.setFault(firstCalls(2, serverError(), 'GetCallerIdentity'));
    const client = bench.as(bench.dev.key, { maxAttempts: 3 });
    expect((await client.send(new GetCallerIdentityCommand({}))).Arn).toMatch(/dev$/);
    expect(bench.sandbox.journal.calls.map(({ outcome }) => outcome)).toEqual(['fault', 'fault', 'ok']);
  });
});

describe('answers that get lost', () => {
  test('a reset before the call has its effect, and one after', async () => {
    const { cliRole } = bench.sandbox.company.roles;
    const arn = `arn:aws:iam::${cliRole.account}:role/${cliRole.name}`;
    const wish = bench.mfa(bench.dev);
    const call = () => bench.assume(bench.dev.key, arn, wish);
    bench.sandbox.setFault(() => reset());
    await expect(call()).rejects.toMatchObject({ code: 'ECONNRESET' });
    bench.sandbox.setFault(() => reset(true));
    await expect(call()).rejects.toMatchObject({ code: 'ECONNRESET' });
    bench.sandbox.setFault(undefined);
    expect(await refusalOf(call())).toBe(WRONG_CODE);
    expect(bench.sandbox.journal.calls.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['fault', undefined],
      ['ok', undefined],
      ['AccessDenied', 403],
    ]);
  });

  test('a hang ends with the sandbox, a delay comes late', async () => {
    bench.sandbox.setFault(() => delay(200));
    const start = performance.now();
    await bench.as(bench.dev.key).send(new GetCallerIdentityCommand({}));
    expect(performance.now() - start).toBeGreaterThan(190);
    bench.sandbox.setFault(() => hang());
    const hanging = expect(post()).rejects.toThrow();
    await bench.sandbox.journal.arrived(2);
    expect(bench.sandbox.journal.calls[1]).toMatchObject({ fault: 'hang', outcome: 'fault' });
    await bench.sandbox.close();
    await hanging;
  });

  test('a hook may hold calls back until all are there', async () => {
    const { journal } = bench.sandbox;
    bench.sandbox.setFault(async () => {
      await journal.arrived(5);
      return undefined;
    });
    const client = bench.as(bench.dev.key);
    await Promise.all(Array.from({ length: 5 }, () => client.send(new GetCallerIdentityCommand({}))));
    expect(journal.count('GetCallerIdentity')).toBe(5);
  });
});

describe('the server', () => {
  test('writes down who asked what', async () => {
    await bench.as(bench.dev.key, { region: 'ap-southeast-2' }).send(new GetCallerIdentityCommand({}));
    expect(bench.sandbox.journal.calls).toMatchObject([
      {
        id: 1,
        action: 'GetCallerIdentity',
        accessKeyId: bench.dev.key.accessKeyId,
        region: 'ap-southeast-2',
        status: 200,
      },
    ]);
    expect(bench.sandbox.journal.calls[0]?.userAgent).toContain('aws-sdk-js');
    bench.sandbox.journal.clear();
    expect(bench.sandbox.journal.count()).toBe(0);
  });

  test.each([
    ['Action=Nonsense&Version=2011-06-15', 'Could not find operation Nonsense for version 2011-06-15'],
    ['Action=GetCallerIdentity', 'for version NO_VERSION_SPECIFIED'],
    ['', 'MissingAction'],
  ])('does not know %o', async (body, text) => {
    const answer = await fetch(bench.sandbox.url, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(bench.now);
    expect(await answer.text()).toContain(text);
  });

  test('refuses a body no query could have', async () => {
    const large = await fetch(bench.sandbox.url, { method: 'POST', body: 'x'.repeat(2_000_000) });
    expect(large.status).toBe(413);
    expect((await post()).status).toBe(400);
  });

  test('outlives a hook that fails', async () => {
    bench.sandbox.setFault(() => {
      throw new Error('my mistake');
    });
    expect((await post()).status).toBe(500);
    expect(bench.sandbox.journal.calls[0]).toMatchObject({
      outcome: 'InternalFailure',
      fault: 'Error: my mistake',
    });
  });

  test('tells when its port is taken', async () => {
    await expect(startSandbox({ port: bench.sandbox.port })).rejects.toThrow('EADDRINUSE');
  });

  test('speaks TLS with a certificate nobody trusts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tsawsume-tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const how = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1'];
    execFileSync('openssl', [...how, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    rmSync(folder, { recursive: true });
    const secure = await startSandbox({ tls });
    const status = await new Promise((resolve, reject) => {
      const call = httpsRequest(secure.url, { rejectUnauthorized: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      call.on('error', reject);
      call.end();
    });
    expect(status).toBe(400);
    await expect(fetch(secure.url)).rejects.toThrow();
    await secure.close();
  });
});
