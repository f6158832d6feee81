import { StsRefusal, type Signin } from '../core/ports';
import type { Session } from '../core/session';
import type { HttpExchange } from './http-exchange';
import { failureOf } from './sts-errors';
import { openTransport } from './sts-transport';

/** The console's federation endpoint, by the same way as STS: its CA bundle, its proxy, its waits. */
export function openSignin(env: Readonly<Record<string, string | undefined>>): Signin {
  return {
    async signinToken({ endpoint, session, seconds, way, target }) {
      const handler = await openTransport(new URL(endpoint), target.caBundle, { env });
      try {
        const { response } = await handler.handle(requestOf(endpoint, way, fieldsOf(session, seconds)));
        const body = response.body.toString('utf8');
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

function requestOf(endpoint: string, method: 'POST' | 'GET', fields: Record<string, string>): HttpExchange {
  const { protocol, hostname, port, pathname, host } = new URL(endpoint);
  const path = `${pathname.replace(/\/$/, '')}/federation`;
  const base = { protocol, hostname, method, ...(port === '' ? {} : { port: Number(port) }) };
  const headers = { host, accept: 'application/json' };
  const body = new URLSearchParams(fields).toString();
  if (method === 'GET') return { ...base, headers, path: `${path}?${body}` };
  return {
    ...base,
    path,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body,
  };
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
