import { request as requestHttp, type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { HttpResponse } from '@smithy/core/transport';

/** What is sent, in the SDK's own words. */
export interface HttpExchange {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing that AWS is sent here is a stream. */
  readonly body?: string | Uint8Array;
}

export interface HttpHandlerOptions {
  /** Of the protocol that is spoken, TLS and proxies included: what keeps connections, or what makes one for each request. */
  readonly way: Agent | Connect;
  /** Milliseconds until a connection is there, and until the whole answer is. */
  readonly connectMs: number;
  readonly replyMs: number;
  /** Bytes. */
  readonly mostBytes: number;
  /** Called when all of a request is sent, and nothing can be done but wait for the answer. */
  readonly waiting?: (() => void) | undefined;
}

/** Makes a connection. */
export type Connect = () => Duplex;

/** An answer whose body has been read. */
type Collected = Omit<HttpResponse, 'body'> & { readonly body: Buffer };

/** A handler as the SDK's clients take one. */
export type HttpHandler = ReturnType<typeof openHttpHandler>;

/**
 * Node's own client with three bounds: on the connection, on the answer and on its size. The SDK's handler starts streams,
 * signals and agents of both protocols for every call: 3 ms of 43 in a bare file (Node 20).
 */
export function openHttpHandler(options: HttpHandlerOptions) {
  return {
    handle: async (exchange: HttpExchange): Promise<{ response: Collected }> => ({
      response: await exchanged(exchange, options),
    }),
    destroy: () => {
      if (typeof options.way !== 'function') options.way.destroy();
    },
    // What the SDK's clients ask of any handler.
    updateHttpClientConfig: (): void => undefined,
    httpHandlerConfigs: (): Record<string, never> => ({}),
  };
}

/** @throws what the system said, or a `TimeoutError` that says which bound was passed. */
function exchanged(exchange: HttpExchange, options: HttpHandlerOptions): Promise<Collected> {
  const { way, connectMs, replyMs, mostBytes, waiting } = options;
  return new Promise((resolve, reject) => {
    const sent = send(exchange, way);
    const fail = (error: Error): void => {
      clearTimeout(unconnected);
      clearTimeout(late);
      reject(error);
      sent.destroy();
    };
    const unconnected = setTimeout(
      () => fail(timeout(`did not establish a connection within ${String(connectMs)} ms`)),
      connectMs,
    );
    const late = setTimeout(() => fail(timeout(`no answer within ${String(replyMs)} ms`)), replyMs);
    whenConnected(sent, () => clearTimeout(unconnected));
    if (waiting !== undefined) sent.once('finish', waiting);
    // Each may say more than once that it is over.
    sent.on('error', fail);
    sent.once('response', (message: IncomingMessage) => {
      const parts: Buffer[] = [];
      let size = 0;
      message.on('error', fail);
      message.on('data', (part: Buffer) => {
        size += part.byteLength;
        if (size > mostBytes) fail(new RangeError('the answer is longer than any of STS'));
        else parts.push(part);
      });
      message.once('end', () => {
        clearTimeout(late);
        resolve(responseOf(message, Buffer.concat(parts)));
      });
    });
  });
}

function send(
  { protocol, hostname, port, method, path, headers, body }: HttpExchange,
  way: Agent | Connect,
): ClientRequest {
  const host = hostOf({ hostname });
  const connection = typeof way === 'function' ? { createConnection: way } : { agent: way };
  const options = { ...connection, host, ...(port === undefined ? {} : { port }), method, path, headers };
  // Without TLS there is no server's name to find out, for which Node would look at the address again (0.15 ms).
  const plain = { ...options, servername: '' };
  const sent =
    protocol === 'http:'
      ? requestHttp(plain)
      : // TLS is loaded where it is spoken: not for an endpoint on this machine.
        process.getBuiltinModule('node:https').request(options);
  sent.end(body);
  return sent;
}

/** An address of IPv6 is written between brackets in a URL alone. */
export const hostOf = ({ hostname }: { readonly hostname: string }): string =>
  hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;

function whenConnected(sent: ClientRequest, then: () => void): void {
  sent.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', then);
    else then();
  });
}

const timeout = (message: string): Error => Object.assign(new Error(message), { name: 'TimeoutError' });

function responseOf({ statusCode, statusMessage, headers }: IncomingMessage, body: Buffer): Collected {
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  const response = new HttpResponse({
    statusCode: statusCode ?? 0,
    reason: statusMessage ?? '',
    headers: Object.fromEntries(texts),
  });
  return Object.assign(response, { body });
}
