import { HttpRequest } from '@smithy/core/transport';
import { StsRefusal, type Signin } from '../core/ports';
import type { Session } from '../core/session';
import { failureOf } from './sts-errors';
import { collectBounded, openTransport } from './sts-transport';

/** The console's federation endpoint, by the same way as STS: its CA bundle, its proxy, its waits. */
export function openSignin(env: Readonly<Record<string, string | undefined>>): Signin {
  return {
    async signinToken({ endpoint, session, seconds, way, target }) {
      const at = { ...target, endpoint: { value: endpoint, from: 'console' } };
      const handler = await openTransport(at, env, 'the console');
      try {
        const { response } = await handler.handle(requestOf(endpoint, way, fieldsOf(session, seconds)));
        const body = new TextDecoder().decode(await collectBounded(streamOf(response.body)));
        if (response.statusCode !== 200)
          throw new StsRefusal(`Http${String(response.statusCode)}`, 'the console refused to sign in', true);
        return tokenIn(body);
      } catch (error) {
        throw error instanceof StsRefusal ? error : failureOf(error, 0).refusal;
      } finally {
        handler.destroy();
      }
    },
  };
}

const fieldsOf = (session: Session, seconds: number | undefined): Record<string, string> => ({
  Action: 'getSigninToken',
  ...(seconds === undefined ? {} : { SessionDuration: String(seconds) }),
  Session: JSON.stringify({
    sessionId: session.accessKeyId,
    sessionKey: session.secretAccessKey.reveal(),
    sessionToken: session.sessionToken?.reveal() ?? '',
  }),
});

function requestOf(endpoint: string, method: 'POST' | 'GET', fields: Record<string, string>): HttpRequest {
  const { protocol, hostname, port, pathname, host } = new URL(endpoint);
  const base = { protocol, hostname, method, path: `${pathname.replace(/\/$/, '')}/federation` };
  const where = port === '' ? base : { ...base, port: Number(port) };
  const headers = { host, accept: 'application/json' };
  if (method === 'GET') return new HttpRequest({ ...where, headers, query: fields });
  const body = new URLSearchParams(fields).toString();
  return new HttpRequest({
    ...where,
    headers: {
      ...headers,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  });
}

const isStream = (value: unknown): value is AsyncIterable<Uint8Array> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

function streamOf(body: unknown): AsyncIterable<Uint8Array> {
  if (isStream(body)) return body;
  throw new StsRefusal('InvalidResponse', 'the console answered with nothing', true);
}

function tokenIn(body: string): string {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    answer = undefined;
  }
  const token: unknown =
    typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'SigninToken') : undefined;
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new StsRefusal('InvalidResponse', 'the answer holds no sign-in token', true);
}
