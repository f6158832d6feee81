import { Agent, createServer, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openAgentHandler } from '../../src/io/agent-handler';
import { openDirectHandler } from '../../src/io/direct-handler';
import type { HttpHandler } from '../../src/io/http-exchange';

let server: Server | undefined;
let handler: HttpHandler | undefined;
afterEach(() => {
  handler?.destroy();
  server?.closeAllConnections();
  server?.close();
});

const BOUNDS = { connectMs: 400, replyMs: 600, mostBytes: 1000 };

interface To {
  readonly port: number;
  readonly host?: string;
  readonly waiting?: () => void;
}
const HANDLERS: [string, (to: To) => HttpHandler][] = [
  [
    'of our own',
    ({ port, host = '127.0.0.1', waiting }) =>
      openDirectHandler(() => connect({ port, host }), { ...BOUNDS, waiting }),
  ],
  [
    'of Node with an agent',
    ({ waiting }) => openAgentHandler(new Agent({ keepAlive: true }), { ...BOUNDS, waiting }),
  ],
];

async function listening(answer: (response: ServerResponse) => void): Promise<number> {
  const made = createServer((request, response) => {
    request.resume();
    request.on('end', () => answer(response));
  });
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const address = made.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const failureOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'none',
    (error: unknown) =>
      `${String(error)} ${error instanceof Error && 'code' in error ? String(error.code) : ''}`,
  );

const exchange = (port: number, path = '/?a=b'): Parameters<HttpHandler['handle']>[0] => ({
  protocol: 'http:',
  hostname: '127.0.0.1',
  port,
  method: 'POST',
  path,
  headers: { host: '127.0.0.1' },
  body: 'abc',
});

describe.each(HANDLERS)('the way to AWS by connections %s', (_, made) => {
  const open = (to: To): HttpHandler => (handler = made(to));

  it('gives the whole answer, by one connection for many calls', async () => {
    const port = await listening((response) => response.writeHead(418, { 'X-One': '1' }).end('tea'));
    let connections = 0;
    server?.on('connection', () => (connections += 1));
    const { handle } = open({ port });
    for (let at = 0; at < 3; at += 1) {
      const { response } = await handle(exchange(port));
      expect([response.statusCode, response.headers['x-one'], response.body.toString()]).toEqual([
        418,
        '1',
        'tea',
      ]);
    }
    expect(connections).toBe(1);
  });

  it('says when all is sent, once for each request, before there is an answer', async () => {
    const told: string[] = [];
    const port = await listening((response) => setTimeout(() => response.end('late'), 50));
    const { handle } = open({ port, waiting: () => told.push('waiting') });
    for (let at = 0; at < 2; at += 1) {
      await handle(exchange(port));
      told.push('answered');
    }
    expect(told).toEqual(['waiting', 'answered', 'waiting', 'answered']);
  });

  it.each<[string, (response: ServerResponse) => void, RegExp]>([
    ['is silent', () => undefined, /^TimeoutError: no answer within/],
    [
      'stops in the middle',
      (response) => response.writeHead(200, { 'content-length': '9' }).write('abc'),
      /^TimeoutError: no answer within/,
    ],
    [
      'never ends',
      (response) => void setInterval(() => response.write('x'), 50).unref(),
      /^TimeoutError: no answer within/,
    ],
    ['is too long', (response) => response.end('x'.repeat(2000)), /^RangeError: .* longer/],
    [
      'is cut',
      (response) => {
        response.writeHead(200, { 'content-length': '9' }).write('abc');
        setTimeout(() => response.destroy(), 50);
      },
      / ECONNRESET$/,
    ],
    ['is cut before it begins', (response) => response.destroy(), / ECONNRESET$/],
  ])('fails when the answer %s', async (_answer, answer, failure) => {
    const port = await listening(answer);
    expect(await failureOf(open({ port }).handle(exchange(port)))).toMatch(failure);
  });

  it('says that nothing listens', async () => {
    const port = await listening(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    expect(await failureOf(open({ port }).handle(exchange(port)))).toMatch(/ECONNREFUSED/);
  });

  it('gives up where no connection comes about', async () => {
    const { handle } = open({ port: 9, host: '192.0.2.1' });
    // TEST-NET-1 (RFC 5737) is nobody's: a packet for it is lost, or refused at once.
    const lost = handle({ ...exchange(9), hostname: '192.0.2.1' });
    expect(await failureOf(lost)).toMatch(
      /did not establish a connection|ENETUNREACH|EHOSTUNREACH|ECONNREFUSED/,
    );
  });
});
