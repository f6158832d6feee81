import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

/** Thrown when there was no answer in time. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** https://nodejs.org/api/diagnostics_channel.html#built-in-channels: the packages don't give their requests out. */
const STARTED = 'http.client.request.start';

/**
 * Runs something that makes HTTP requests, each of which may take so long and no longer. AWS's metadata packages only
 * warn when a server accepts the connection and never answers, and then the open socket keeps the process alive.
 *
 * @param each milliseconds for one request; @param all milliseconds for everything.
 */
export async function boundedRequests<T>(run: () => Promise<T>, each: number, all: number): Promise<T> {
  const timers = new Set<NodeJS.Timeout>();
  const limit = (message: unknown): void => {
    const request = requestOf(message);
    if (request === undefined) return;
    const timer = setTimeout(() => request.destroy(new TooSlow(`no answer in ${String(each)} ms`)), each);
    timers.add(timer);
    request.once('close', () => clearTimeout(timer));
  };
  const deadline = new Promise<never>((_, reject) => {
    timers.add(setTimeout(() => reject(new TooSlow(`no answer in ${String(all)} ms`)), all));
  });
  subscribe(STARTED, limit);
  try {
    return await Promise.race([run(), deadline]);
  } finally {
    unsubscribe(STARTED, limit);
    timers.forEach((timer) => clearTimeout(timer));
  }
}

function requestOf(message: unknown): ClientRequest | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message)) return undefined;
  return message.request instanceof ClientRequest ? message.request : undefined;
}
