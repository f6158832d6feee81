import { request as requestHttp, type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
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
  /** A text; nothing that AWS is sent here is a stream. */
  readonly body?: unknown;
}

export interface HttpHandlerOptions {
  /** Of the protocol that is spoken, TLS and proxies included. */
  readonly agent: Agent;
  /** Milliseconds until a connection is there, and until the whole answer is. */
  readonly connectMs: number;
  readonly replyMs: number;
  /** Bytes. */
  readonly mostBytes: number;
}

/** An answer whose body has been read. */
type Collected = Omit<HttpResponse, 'body'> & { readonly body: Buffer };

/** A handler as the SDK's clients take one. */
export type HttpHandler = ReturnType<typeof openHttpHandler>;

/**
 * Node's own client with three bounds: on the connection, on the answer and on its size. The SDK's handler starts streams,
 * signals and agents of both protocols for every call, which costs 5 ms of 75 (Node 20).
 */
export function openHttpHandler(options: HttpHandlerOptions) {
  return {
    handle: async (exchange: HttpExchange): Promise<{ response: Collected }> => ({
      response: await exchanged(exchange, options),
    }),
    destroy: () => options.agent.destroy(),
    // What the SDK's clients ask of any handler.
    updateHttpClientConfig: (): void => undefined,
    httpHandlerConfigs: (): Record<string, never> => ({}),
  };
}

/** @throws what the system said, or a `TimeoutError` that says which bound was passed. */
async function exchanged(exchange: HttpExchange, options: HttpHandlerOptions): Promise<Collected> {
  const sent = send(exchange, options.agent);
  const late = after(options.replyMs, () => sent.destroy(timeout(`no answer within`, options.replyMs)));
  const unconnected = untilConnected(sent, options.connectMs);
  try {
    return await answered(sent, options.mostBytes);
  } finally {
    clearTimeout(late);
    clearTimeout(unconnected);
  }
}

function send(
  { protocol, hostname, port, method, path, headers, body }: HttpExchange,
  agent: Agent,
): ClientRequest {
  // TLS is loaded where it is spoken: not for an endpoint on this machine.
  const request = protocol === 'http:' ? requestHttp : process.getBuiltinModule('node:https').request;
  // An address of IPv6 is written between brackets in a URL alone.
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const sent = request({ agent, host, ...(port === undefined ? {} : { port }), method, path, headers });
  sent.end(typeof body === 'string' ? body : undefined);
  return sent;
}

function untilConnected(sent: ClientRequest, milliseconds: number): NodeJS.Timeout {
  const timer = after(milliseconds, () =>
    sent.destroy(timeout('did not establish a connection within', milliseconds)),
  );
  sent.once('socket', (socket) => {
    if (!socket.connecting) clearTimeout(timer);
    else socket.once('connect', () => clearTimeout(timer));
  });
  return timer;
}

const after = (milliseconds: number, then: () => void): NodeJS.Timeout => setTimeout(then, milliseconds);

const timeout = (what: string, milliseconds: number): Error =>
  Object.assign(new Error(`${what} ${String(milliseconds)} ms`), { name: 'TimeoutError' });

function answered(sent: ClientRequest, mostBytes: number): Promise<Collected> {
  return new Promise((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', (message: IncomingMessage) => {
      const parts: Buffer[] = [];
      let size = 0;
      message.on('data', (part: Buffer) => {
        size += part.byteLength;
        if (size > mostBytes) sent.destroy(new RangeError('the answer is longer than any of STS'));
        else parts.push(part);
      });
      // One that was cut says so here; where it was ended by us, the request has said why.
      message.once('error', reject);
      message.once('end', () => resolve(responseOf(message, Buffer.concat(parts))));
    });
  });
}

function responseOf({ statusCode, statusMessage, headers }: IncomingMessage, body: Buffer): Collected {
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  const response = new HttpResponse({
    statusCode: statusCode ?? 0,
    reason: statusMessage ?? '',
    headers: Object.fromEntries(texts),
  });
  return Object.assign(response, { body });
}
