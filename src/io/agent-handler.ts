import { request as requestHttp, type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import {
  collected,
  handlerOf,
  hostOf,
  startClock,
  tooLong,
  type Bounds,
  type Collected,
  type HttpExchange,
  type HttpHandler,
} from './http-exchange';

/** Node's own client with an agent, of the protocol that is spoken: the way through proxies, whose packages are agents. */
export function openAgentHandler(agent: Agent, bounds: Bounds): HttpHandler {
  return handlerOf(
    (exchange) => exchanged(exchange, agent, bounds),
    () => agent.destroy(),
  );
}

function exchanged(exchange: HttpExchange, agent: Agent, bounds: Bounds): Promise<Collected> {
  return new Promise((resolve, reject) => {
    const sent = send(exchange, agent);
    const fail = (error: Error): void => {
      clock.over();
      reject(error);
      sent.destroy();
    };
    const clock = startClock(bounds, fail);
    whenConnected(sent, clock.connected);
    if (bounds.waiting !== undefined) sent.once('finish', bounds.waiting);
    // Each may say more than once that it is over.
    sent.on('error', fail);
    sent.once('response', (message: IncomingMessage) => {
      const parts: Buffer[] = [];
      let size = 0;
      message.on('error', fail);
      message.on('data', (part: Buffer) => {
        size += part.byteLength;
        if (size > bounds.mostBytes) fail(tooLong());
        else parts.push(part);
      });
      message.once('end', () => {
        clock.over();
        resolve(responseOf(message, Buffer.concat(parts)));
      });
    });
  });
}

function send(
  { protocol, hostname, port, method, path, headers, body }: HttpExchange,
  agent: Agent,
): ClientRequest {
  const options = {
    agent,
    host: hostOf({ hostname }),
    ...(port === undefined ? {} : { port }),
    method,
    path,
    headers,
  };
  const sent = (protocol === 'http:' ? requestHttp : requestHttps)(options);
  sent.end(body);
  return sent;
}

function whenConnected(sent: ClientRequest, then: () => void): void {
  sent.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', then);
    else then();
  });
}

function responseOf({ statusCode, statusMessage, headers }: IncomingMessage, body: Buffer): Collected {
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return collected(statusCode ?? 0, statusMessage ?? '', Object.fromEntries(texts), body);
}
