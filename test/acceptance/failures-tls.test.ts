import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeCertificate } from '../support/certificate';
import { World } from '../support/harness';

/** Certificates and proxies on the way to STS. */
const folder = mkdtempSync(join(tmpdir(), 'tsawsume-tls-'));
const certificate = makeCertificate(folder, 'sandbox', 'IP:127.0.0.1,DNS:localhost');
const certFile = certificate.file;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let world: World;
const proxies: Proxy[] = [];
beforeEach(async () => {
  world = await World.open({ tls: certificate.tls });
});
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
  await world.close();
});

/** A proxy that knows CONNECT, and what it was asked. */
class Proxy {
  readonly asked: string[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(
    readonly port: number,
    private readonly server: Server,
  ) {}

  static async open(password?: string): Promise<Proxy> {
    const server = createServer((_, response) => response.writeHead(405).end());
    const port = await new Promise<number>((done) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        done(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const proxy = new Proxy(port, server);
    const wanted = password === undefined ? undefined : `Basic ${Buffer.from(password).toString('base64')}`;
    server.on('connection', (socket) => proxy.#sockets.add(socket));
    server.on('connect', (request, socket) => {
      proxy.asked.push(request.url ?? '');
      socket.on('error', () => undefined);
      if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
        return;
      }
      const [host = '', to = ''] = (request.url ?? '').split(':');
      const upstream = connect(Number(to), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      proxy.#sockets.add(upstream);
    });
    proxies.push(proxy);
    return proxy;
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((done) => this.server.close(() => done()));
  }
}

const assume = (env: Readonly<Record<string, string>> = {}) => world.run(['export', 'reader'], { env });

describe('a certificate that nobody vouches for', () => {
  it.each([
    ['as it is', {}],
    ['also with NODE_TLS_REJECT_UNAUTHORIZED=0', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
  ])('%s: refused, one line, no call', async (_, env: Record<string, string>) => {
    const { code, stdout, stderr } = await assume(env);
    expect([code, stdout, world.calls]).toEqual([1, '', []]);
    expect(stderr).toMatch(/tsawsume: AssumeRole [^\n]*its certificate is not trusted[^\n]*\n[^\n]+\n$/);
  });

  it('AWS_CA_BUNDLE vouches for it', async () => {
    expect((await assume({ AWS_CA_BUNDLE: certFile })).code).toBe(0);
    expect(world.calls).toEqual(['AssumeRole']);
  });

  it('ca_bundle of the profile does, too', async () => {
    const config = readFileSync(join(world.home.path, '.aws/config'), 'utf8');
    world.home.write(
      config.replace('[profile reader]', `[profile reader]\nca_bundle = ${certFile}`),
      readFileSync(join(world.home.path, '.aws/credentials'), 'utf8'),
    );
    expect((await assume()).code).toBe(0);
  });

  it('a bundle that is not there: exit 3, and who named it', async () => {
    const { code, stdout, stderr } = await assume({ AWS_CA_BUNDLE: '/no/such.pem' });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('/no/such.pem');
    expect(stderr).toContain('AWS_CA_BUNDLE');
  });
});

describe('a proxy', () => {
  const PASSWORD = 'hunter2-secret';
  const trusted = (port: number, user = `me:${PASSWORD}`) => ({
    AWS_CA_BUNDLE: certFile,
    HTTPS_PROXY: `http://${user === '' ? '' : `${user}@`}127.0.0.1:${String(port)}`,
  });

  it('with a password: every call goes through it, and TLS to its end', async () => {
    const proxy = await Proxy.open(`me:${PASSWORD}`);
    const endpoint = `https://localhost:${String(world.sandbox.port)}`;
    const { code, stderr } = await assume({ ...trusted(proxy.port), AWS_ENDPOINT_URL_STS: endpoint });
    expect(stderr).toBe('');
    expect([code, proxy.asked]).toEqual([0, [`localhost:${String(world.sandbox.port)}`]]);
  });

  it.each(['1', '0'])(
    'does not make a bad certificate good: NODE_TLS_REJECT_UNAUTHORIZED=%s',
    async (reject) => {
      const proxy = await Proxy.open();
      const env = { ...trusted(proxy.port, ''), AWS_CA_BUNDLE: '', NODE_TLS_REJECT_UNAUTHORIZED: reject };
      const { code, stdout, stderr } = await assume(env);
      expect([code, stdout, world.calls, proxy.asked.length]).toEqual([1, '', [], 1]);
      expect(stderr).toContain('its certificate is not trusted');
    },
  );

  it('NO_PROXY goes past it', async () => {
    const proxy = await Proxy.open();
    const { code } = await assume({ ...trusted(proxy.port), NO_PROXY: '127.0.0.1' });
    expect([code, proxy.asked]).toEqual([0, []]);
  });

  it('that wants another password: one line, and the password is not in it', async () => {
    const proxy = await Proxy.open('other:password');
    for (const debug of [[], ['--debug']]) {
      const { code, stdout, stderr } = await world.run(['export', 'reader', ...debug], {
        env: trusted(proxy.port),
      });
      expect([code, stdout, world.calls]).toEqual([1, '', []]);
      expect(stderr).toMatch(/tsawsume: AssumeRole /);
      expect(stderr).not.toContain(PASSWORD);
      expect(stderr).not.toContain(Buffer.from(`me:${PASSWORD}`).toString('base64'));
    }
  });

  it('that is down: one line, without its password', async () => {
    const { code, stdout, stderr } = await assume(trusted(9));
    expect([code, stdout, world.calls]).toEqual([1, '', []]);
    expect(stderr).toContain('connection refused');
    expect(stderr).not.toContain(PASSWORD);
  });

  it('that is no URL: exit 3, not repeated', async () => {
    const { code, stdout, stderr } = await assume({
      AWS_CA_BUNDLE: certFile,
      HTTPS_PROXY: `http://me:${PASSWORD}@:x`,
    });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).not.toContain(PASSWORD);
  });
});
