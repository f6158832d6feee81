import { createServer as createHttp } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';

import { answer } from './answer';
import type { Answer } from './answer';
import { Cloud } from './cloud';
import type { CloudOptions } from './cloud';
import { makeCompany, settle } from './company';
import type { Company } from './company';
import { refusal, serverError } from './faults';
import type { Fault, FaultHook, Reply } from './faults';
import { Journal } from './journal';
import type { Call } from './journal';
import { Params } from './query';
import { claimedScope } from './signature';
import type { Received } from './signature';

export interface SandboxOptions extends CloudOptions {
  /** Who lives there; absent: `makeCompany()`. */
  readonly company?: Company;
  readonly fault?: FaultHook;
  /** A certificate and its key, PEM: then it is https. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Absent: any free port. */
  readonly port?: number;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL_STS. */
  readonly url: string;
  readonly port: number;
  readonly cloud: Cloud;
  readonly company: Company;
  readonly journal: Journal;
  /** Another fault hook from now on; undefined: none. */
  setFault(hook: FaultHook | undefined): void;
  /** Stops at once; open connections are cut. */
  close(): Promise<void>;
}

/** Session tokens travel in a header, and tests make them 100 KB long; Node's own limit is 16 KB. */
const HEADER_BYTES = 1024 * 1024;
const BODY_BYTES = 1024 * 1024;

/**
 * Starts an AWS in miniature on 127.0.0.1. Everything it knows is in this process's memory and ends with it.
 * @throws Error (EADDRINUSE …) when the port can't be had.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const cloud = new Cloud(options);
  const company = options.company ?? makeCompany();
  settle(cloud, company);
  const desk = new Desk(cloud, options.fault);
  const listener: RequestListener = (request, response) => void desk.serve(request, response);
  const server =
    options.tls === undefined
      ? createHttp({ maxHeaderSize: HEADER_BYTES }, listener)
      : createHttps({ maxHeaderSize: HEADER_BYTES, ...options.tls }, listener);
  const port = await listen(server, options.port ?? 0);
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    cloud,
    company,
    journal: desk.journal,
    setFault: (hook) => {
      desk.fault = hook;
    },
    close: () => {
      desk.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Where requests come in: each is written down, may meet a fault, and is answered. */
class Desk {
  readonly journal = new Journal();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly cloud: Cloud,
    public fault: FaultHook | undefined,
  ) {}

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = await receive(request).catch(() => 'broken off' as const);
    if (received === 'broken off') return;
    if (received === 'too large') {
      send(response, refusal(413, 'RequestEntityTooLarge', 'The request is too large.').reply);
      return;
    }
    const params = Params.parse(received.search, new TextDecoder().decode(received.body));
    const call = this.#write(received, params);
    try {
      await this.#meet(await this.fault?.(call), call, response, () => answer(this.cloud, received, params));
    } catch (error) {
      // Our own mistake, or the hook's: told to who asks and to the journal, and not the end of the server.
      this.journal.end(call.id, { outcome: 'InternalFailure', status: 500, fault: String(error) });
      if (!response.headersSent) send(response, serverError().reply);
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #write({ headers, method }: Received, params: Params): Call {
    const userAgent = headers.get('user-agent');
    return this.journal.begin({
      at: this.cloud.now(),
      action: params.get('Action') ?? '',
      method,
      params: params.toObject(),
      ...claimedScope(headers.get('authorization')),
      ...(userAgent === undefined ? {} : { userAgent }),
    });
  }

  async #meet(
    fault: Fault | undefined,
    call: Call,
    response: ServerResponse,
    work: () => Promise<Answer>,
  ): Promise<void> {
    if (fault !== undefined) this.journal.end(call.id, { fault: fault.kind });
    if (fault?.kind === 'reply') {
      this.journal.end(call.id, { outcome: 'fault', status: fault.reply.status });
      send(response, fault.reply);
      return;
    }
    const lost = fault?.kind === 'hang' || fault?.kind === 'reset';
    if (lost && !fault.processed) this.journal.end(call.id, { outcome: 'fault' });
    else {
      const done = await work();
      this.journal.end(call.id, { outcome: done.outcome, ...(lost ? {} : { status: done.status }) });
      if (fault?.kind === 'delay') this.#later(fault.milliseconds, () => send(response, done));
      else if (!lost) send(response, done);
    }
    if (fault?.kind === 'reset') response.socket?.resetAndDestroy();
  }

  #later(milliseconds: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, milliseconds);
    this.#timers.add(timer);
  }
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** The whole request. A body larger than any query could be is read to its end, so that the client hears of it. */
async function receive(request: IncomingMessage): Promise<Received | 'too large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= BODY_BYTES) chunks.push(chunk);
  }
  if (size > BODY_BYTES) return 'too large';
  const [path = '/', ...search] = (request.url ?? '/').split('?');
  const headers = Object.entries(request.headers).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(',') : (value ?? '')] as const,
  );
  return {
    method: request.method ?? 'GET',
    path,
    search: search.join('?'),
    headers: new Map(headers),
    body: Buffer.concat(chunks),
  };
}
