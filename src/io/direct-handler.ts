import type { Socket } from 'node:net';
import {
  collected,
  cut,
  handlerOf,
  startClock,
  type Bounds,
  type Collected,
  type HttpExchange,
  type HttpHandler,
} from './http-exchange';
import type { Answer, AnswerReader } from './http-answer';
import { requestBytes } from './http-request';
import { IdleSockets } from './idle-sockets';

/**
 * Requests by connections of our own, each of which takes the next request once it has answered. Node's client and its agent
 * are made for much that is not asked here, and take 5 ms of 44 for one request in a bare file, 2 of them to load (Node 20).
 *
 * @param connect to where all of them go.
 */
export function openDirectHandler(connect: () => Socket, bounds: Bounds): HttpHandler {
  const idle = new IdleSockets();
  const exchanged = async (exchange: HttpExchange): Promise<Collected> => {
    const bytes = requestBytes(exchange);
    const socket = idle.take() ?? connect();
    const { status, reason, headers, body, keepsOpen } = await answered(socket, bytes, bounds);
    if (keepsOpen) idle.put(socket);
    else socket.destroy();
    return collected(status, reason, headers, body);
  };
  return handlerOf(exchanged, () => idle.destroy());
}

/** Sends a request, and reads what comes back. A connection that fails is closed. */
function answered(socket: Socket, request: Buffer, bounds: Bounds): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let reader: AnswerReader | undefined;
    const over = (): void => {
      clock.over();
      socket.off('connect', clock.connected).off('data', take).off('close', ended).off('error', fail);
    };
    const fail = (error: unknown): void => {
      over();
      socket.on('error', () => undefined).destroy();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const read = (next: () => Answer | undefined): void => {
      try {
        const answer = next();
        if (answer === undefined) return;
        over();
        resolve(answer);
      } catch (error) {
        fail(error);
      }
    };
    const clock = startClock(bounds, fail);
    const take = (part: Buffer): void => read(() => reader?.take(part));
    // Where no reader was there yet, nothing has come.
    const ended = (): void => (reader === undefined ? fail(cut()) : read(() => reader?.end()));

    if (socket.connecting) socket.once('connect', clock.connected);
    else clock.connected();
    socket.on('error', fail).on('close', ended);
    socket.write(request, (error) => {
      if (error) return;
      bounds.waiting?.();
      // Loaded while nothing can be done but wait. Until somebody takes it, what comes waits in the socket.
      import('./http-answer').then((loaded) => {
        reader = new loaded.AnswerReader(bounds.mostBytes);
        socket.on('data', take);
      }, fail);
    });
  });
}
