import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDirectHandler } from '../../src/io/direct-handler';
import type { HttpExchange, HttpHandler } from '../../src/io/http-exchange';

/** What a server sends, piece by piece; `end` after the last. */
type Script = readonly string[];

let server: Server;
let handler: HttpHandler;
let sockets: Socket[];
let received: string[];
/** For the n-th request of all. */
let scripts: Script[];

beforeEach(async () => {
  sockets = [];
  received = [];
  server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined).setNoDelay());
    socket.on('data', (part) => {
      received.push(part.toString('latin1'));
      void play(socket, scripts.shift() ?? []);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  handler = openDirectHandler(() => connect(port, '127.0.0.1'), {
    connectMs: 1000,
    replyMs: 1000,
    mostBytes: 100,
  });
});
afterEach(() => {
  handler.destroy();
  for (const socket of sockets) socket.destroy();
  server.close();
});

async function play(socket: Socket, script: Script): Promise<void> {
  for (const piece of script) {
    if (piece === 'end') socket.end();
    else socket.write(piece, 'latin1');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const POST: HttpExchange = {
  protocol: 'http:',
  hostname: '127.0.0.1',
  method: 'POST',
  path: '/',
  headers: { host: 'here', 'x-one': 'Ä' },
  body: 'ä=1',
};
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
/** A piece for each character. */
const slowly = (text: string): Script => text.match(/[^]/g) ?? [];
const asked = async (): Promise<string> => {
  const { response } = await handler.handle(POST);
  return `${String(response.statusCode)} ${response.body.toString()}`;
};

describe('a connection of our own', () => {
  it('sends a request whole, with the length of its body in bytes', async () => {
    scripts = [[OK]];
    expect(await asked()).toBe('200 ok');
    expect(received).toEqual(['POST / HTTP/1.1\r\nhost: here\r\nx-one: Ä\r\ncontent-length: 4\r\n\r\nÃ¤=1']);
  });

  it.each<[string, Script, string]>([
    ['in one piece', [OK], '200 ok'],
    ['in many', slowly(OK), '200 ok'],
    [
      'by chunks',
      ['HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n', '0\r\n\r\n'],
      '403 no',
    ],
    ['that only its end ends', ['HTTP/1.1 200 OK\r\n\r\nall', ' of it', 'end'], '200 all of it'],
    ['after one of 1xx', ['HTTP/1.1 100 Continue\r\n\r\n', OK], '200 ok'],
    ['after two of 1xx, at once', [`${'HTTP/1.1 103 Early\r\nLink: x\r\n\r\n'.repeat(2)}${OK}`], '200 ok'],
    ['of no body', ['HTTP/1.1 204 None\r\n\r\n'], '204 '],
    ['and its end at once', [OK, 'end'], '200 ok'],
  ])('takes an answer %s', async (_, script, answer) => {
    scripts = [script];
    expect(await asked()).toBe(answer);
  });

  it('gives the same header twice as one', async () => {
    scripts = [['HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 0\r\n\r\n']];
    const { response } = await handler.handle(POST);
    expect(response.headers).toEqual({ 'x-a': '1, 2', 'content-length': '0' });
  });

  it.each<[string, Script, RegExp]>([
    ['no HTTP', ['hello\r\n'], /Parse Error/],
    ['no HTTP, nor an end of a line', ['x'.repeat(100_000)], /header/],
    [
      'of two lengths',
      ['HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nok'],
      /Parse Error/,
    ],
    ['of a length that is none', ['HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nok'], /a length that is none/],
    ['of a length below 0', ['HTTP/1.1 200 OK\r\nContent-Length: -9\r\n\r\nok'], /a length that is none/],
    [
      'of a chunk of a length below 0',
      ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n'],
      /a length that is none/,
    ],
    ['longer than any', [`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(101)}`], /longer/],
    ['cut in its head', ['HTTP/1.1 200 OK\r\nContent-', 'end'], /ended before the answer/],
    ['cut in its body', ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok', 'end'], /ended before the answer/],
    [
      'cut between chunks',
      ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n', 'end'],
      /ended before the answer/,
    ],
    ['of 1xx alone', ['HTTP/1.1 100 Continue\r\n\r\n', 'end'], /ended before the answer/],
  ])('takes no answer that is %s', async (_, script, why) => {
    scripts = [script];
    await expect(asked()).rejects.toThrow(why);
  });

  it('takes the next request, if it may', async () => {
    scripts = [[OK], [OK], [OK.replace('\r\n', '\r\nConnection: close\r\n')], [OK]];
    for (let at = 0; at < 4; at += 1) expect(await asked()).toBe('200 ok');
    expect(sockets).toHaveLength(2);
  });

  it.each<[string, (socket: Socket | undefined) => void]>([
    ['was ended', (socket) => void socket?.end()],
    ['was cut', (socket) => void socket?.resetAndDestroy()],
    ['spoke unasked', (socket) => void socket?.write(OK)],
  ])('takes none after it %s', async (_, harm) => {
    scripts = [[OK], [OK]];
    expect(await asked()).toBe('200 ok');
    harm(sockets[0]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await asked()).toBe('200 ok');
    expect(sockets).toHaveLength(2);
  });

  it.each([
    ['another answer', OK],
    ['what is none', 'hello\r\n'],
  ])('takes none after the answer had %s behind it', async (_, more) => {
    scripts = [[`${OK}${more}`], [OK]];
    expect(await asked()).toBe('200 ok');
    expect(await asked()).toBe('200 ok');
    expect(sockets).toHaveLength(2);
  });

  it('takes none after it has not been needed for 2 s', async () => {
    scripts = [[OK], [OK]];
    expect(await asked()).toBe('200 ok');
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    expect(await asked()).toBe('200 ok');
    expect(sockets).toHaveLength(2);
  });

  it('is one for each of many requests at once', async () => {
    scripts = [slowly(OK), slowly(OK), slowly(OK)];
    expect(await Promise.all([asked(), asked(), asked()])).toEqual(['200 ok', '200 ok', '200 ok']);
    expect(sockets).toHaveLength(3);
  });

  it.each<[string, Partial<HttpExchange>]>([
    ['the value of a header', { headers: { host: 'here', 'x-amz-security-token': 'a\r\nx: y' } }],
    ['the name of a header', { headers: { 'a\r\nx': 'y' } }],
    ['the path', { path: '/ HTTP/1.1\r\nx: y\r\n\r\n' }],
    ['the method', { method: 'GET / HTTP/1.1\r\n' }],
    ['a header, in two bytes', { headers: { host: '\u010d\u010a' } }],
  ])('sends nothing that would end a line in %s', async (_, harm) => {
    const refused: unknown = await handler.handle({ ...POST, ...harm }).catch((error: unknown) => error);
    expect(refused).toHaveProperty(
      'code',
      expect.stringMatching(/^ERR_(INVALID_CHAR|UNESCAPED_CHARACTERS)$/),
    );
    expect([received, sockets]).toEqual([[], []]);
  });
});
