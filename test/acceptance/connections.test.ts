import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/certificate';
import { World } from '../support/harness';

const folder = mkdtempSync(join(tmpdir(), 'tsawsume-connections-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const here = makeCertificate(folder, 'here', 'IP:127.0.0.1,DNS:localhost');
const elsewhere = makeCertificate(folder, 'elsewhere', 'IP:127.0.0.9,DNS:elsewhere.example.com');

/** Hands on what it is sent, and counts who came. */
class Relay {
  count = 0;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(to: number) {
    this.#server = createServer((socket) => {
      this.count += 1;
      const upstream = connect(to, '127.0.0.1');
      for (const one of [socket, upstream]) this.#sockets.add(one.on('error', () => undefined));
      socket.pipe(upstream).pipe(socket);
    });
  }

  async port(): Promise<number> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}

let world: World | undefined;
let relay: Relay | undefined;
afterEach(async () => {
  relay?.close();
  await world?.close();
});

/** A world behind a relay, and what leads there. */
async function opened(certificate?: typeof here): Promise<{ of: World; by: Relay; port: number }> {
  const of = await World.open(certificate === undefined ? {} : { tls: certificate.tls });
  const by = new Relay(of.sandbox.port);
  [world, relay] = [of, by];
  return { of, by, port: await by.port() };
}

describe('connections to STS', () => {
  it.each<[string, typeof here | undefined, string]>([
    ['plain, by its address', undefined, 'http://127.0.0.1'],
    ['plain, by its name', undefined, 'http://localhost'],
    ['with TLS, by its address', here, 'https://127.0.0.1'],
    ['with TLS, by its name', here, 'https://localhost'],
  ])('are one a run, of a role, of a chain, and of who asks more: %s', async (_, certificate, where) => {
    const { of, by, port } = await opened(certificate);
    const env = {
      AWS_ENDPOINT_URL_STS: `${where}:${String(port)}`,
      ...(certificate === undefined ? {} : { AWS_CA_BUNDLE: certificate.file }),
    };
    const role = await of.run(['export', 'reader'], { env });
    expect([role.code, role.stderr, of.calls, by.count]).toEqual([0, expect.any(String), ['AssumeRole'], 1]);
    const chain = await of.run(['export', 'deployer', '--mfa-token', of.code()], { env });
    expect([chain.code, of.calls.length, by.count]).toEqual([0, 4, 2]);
    const whoami = await of.run(['whoami', 'reader', '--refresh'], { env });
    expect([whoami.code, of.calls.slice(4), by.count]).toEqual([0, ['AssumeRole', 'GetCallerIdentity'], 3]);
  });

  it.each<[string, (of: World) => readonly string[]]>([
    ['for a role', () => ['export', 'reader']],
    ['for a chain', (of) => ['export', 'deployer', '--mfa-token', of.code()]],
  ])('go to nobody who only has a certificate of another host: %s', async (_, args) => {
    const { of, port } = await opened(elsewhere);
    for (const host of ['127.0.0.1', 'localhost']) {
      const env = {
        AWS_ENDPOINT_URL_STS: `https://${host}:${String(port)}`,
        AWS_CA_BUNDLE: elsewhere.file,
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
      };
      const { code, stdout, stderr } = await of.run(args(of), { env });
      expect([code, stdout, of.calls]).toEqual([1, '', []]);
      expect(stderr).toContain('its certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)');
    }
  });
});
