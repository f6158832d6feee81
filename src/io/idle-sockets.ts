import type { Socket } from 'node:net';

/**
 * Milliseconds for which a connection is kept. A chain asks again at once; after a person has looked for a code, nobody
 * knows what has become of the connection, and a code that was sent into the void is spent.
 */
const LONGEST = 2_000;

/** Connections that have answered, and wait for the next request. They keep no process from ending. */
export class IdleSockets {
  /** Each with what closes it. */
  readonly #sockets = new Map<Socket, () => void>();

  put(socket: Socket): void {
    const drop = (): void => {
      this.#sockets.delete(socket);
      socket.destroy();
    };
    this.#sockets.set(socket, drop);
    // It has been ended by the other side, or speaks without having been asked.
    socket.on('data', drop).on('end', drop).on('error', drop).setTimeout(LONGEST, drop).unref();
  }

  take(): Socket | undefined {
    const [found] = this.#sockets;
    if (found === undefined) return undefined;
    const [socket, drop] = found;
    this.#sockets.delete(socket);
    socket.off('data', drop).off('end', drop).off('error', drop).off('timeout', drop);
    return socket.setTimeout(0).ref();
  }

  destroy(): void {
    for (const drop of this.#sockets.values()) drop();
  }
}
