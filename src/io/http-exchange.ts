import { HttpResponse } from '@smithy/core/transport';

/** What is sent, in the SDK's own words. */
export interface HttpExchange {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** The host among them. How long the body is, the handler says. */
  readonly headers: Readonly<Record<string, string>>;
  /** Nothing that AWS is sent here is a stream. */
  readonly body?: string | Uint8Array;
}

/** An answer whose body has been read. */
export type Collected = Omit<HttpResponse, 'body'> & { readonly body: Buffer };

/** A handler as the SDK's clients take one. */
export interface HttpHandler {
  /** Throws what the system said, or a `TimeoutError` that says which bound was passed. */
  readonly handle: (exchange: HttpExchange) => Promise<{ response: Collected }>;
  readonly destroy: () => void;
  readonly updateHttpClientConfig: () => void;
  readonly httpHandlerConfigs: () => Record<string, never>;
}

/** What an exchange may take, and who is told that it waits. */
export interface Bounds {
  /** Milliseconds until a connection is there, and until the whole answer is. */
  readonly connectMs: number;
  readonly replyMs: number;
  /** Bytes of an answer's body. */
  readonly mostBytes: number;
  /** Called when all of a request is sent, and nothing can be done but wait for the answer. */
  readonly waiting?: (() => void) | undefined;
}

/** A handler that makes its exchanges so. */
export const handlerOf = (
  exchanged: (exchange: HttpExchange) => Promise<Collected>,
  destroy: () => void,
): HttpHandler => ({
  handle: async (exchange) => ({ response: await exchanged(exchange) }),
  destroy,
  // What the SDK's clients ask of any handler.
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
});

/** An address of IPv6 is written between brackets in a URL alone. */
export const hostOf = ({ hostname }: { readonly hostname: string }): string =>
  hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;

/** Fails an exchange that takes longer than it may, until it is told that it is over. */
export function startClock(
  { connectMs, replyMs }: Bounds,
  fail: (error: Error) => void,
): { readonly connected: () => void; readonly over: () => void } {
  const wait = (milliseconds: number, what: string): NodeJS.Timeout =>
    setTimeout(() => fail(timeout(`${what} within ${String(milliseconds)} ms`)), milliseconds);
  const unconnected = wait(connectMs, 'did not establish a connection');
  const late = wait(replyMs, 'no answer');
  const connected = (): void => clearTimeout(unconnected);
  const over = (): void => {
    connected();
    clearTimeout(late);
  };
  return { connected, over };
}

const timeout = (message: string): Error => Object.assign(new Error(message), { name: 'TimeoutError' });

/** With the code that the system gives where it is the one that tells. */
export const cut = (): Error =>
  Object.assign(new Error('the connection ended before the answer'), { code: 'ECONNRESET' });

export const tooLong = (): Error => new RangeError('the answer is longer than any of STS');

/** In the SDK's own words. */
export const collected = (
  statusCode: number,
  reason: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Collected => Object.assign(new HttpResponse({ statusCode, reason, headers: { ...headers } }), { body });
