import { readFileSync } from 'node:fs';
import type { Agent as HttpAgent } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import type { AgentOptions as HttpsAgentOptions } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import { badProfile } from '../errors';
import { describeOrigin } from '../core/names';
import type { StsTarget } from '../core/plan';
import { openDirectHandler } from './direct-handler';
import { hostOf, type HttpHandler } from './http-exchange';

export const CONNECT_MS = 3_000;
export const REPLY_MS = 10_000;
/** STS's answers are a few kB; session tokens of 100 kB were seen to be promised. More is not an answer of STS. */
const MOST_BYTES = 1024 * 1024;

export interface TransportPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called whenever a request has been sent. */
  readonly waiting?: (() => void) | undefined;
}

/** The way to STS: connections kept for a chain, bounded waits, the CA bundle and the proxy the user set. */
export async function openTransport(
  url: URL,
  caBundle: StsTarget['caBundle'],
  { env, waiting }: TransportPorts,
): Promise<HttpHandler> {
  // Said explicitly, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment can't switch it off.
  const tls = { ...caOf(caBundle), rejectUnauthorized: true };
  const bounds = { connectMs: CONNECT_MS, replyMs: REPLY_MS, mostBytes: MOST_BYTES, waiting };
  const proxy = proxyVariable(env) ? await proxyAgent(url, { ...tls, keepAlive: true }) : undefined;
  if (proxy === undefined) return openDirectHandler(connectionTo(url, tls), bounds);
  const { openAgentHandler } = await import('./agent-handler');
  return openAgentHandler(proxy, bounds);
}

/** As Node's agents connect. TLS is loaded where it is spoken: not for an endpoint on this machine. */
function connectionTo(url: URL, tls: ConnectionOptions): () => Socket {
  const host = hostOf(url);
  const to = { host, port: Number(url.port || (url.protocol === 'http:' ? 80 : 443)), noDelay: true };
  if (url.protocol === 'http:') return () => connect(to);
  const servername = isIP(host) === 0 ? host : '';
  const secure = { ...tls, ...to, servername, ALPNProtocols: ['http/1.1'] };
  return () => process.getBuiltinModule('node:tls').connect(secure);
}

const proxyVariable = (env: Readonly<Record<string, string | undefined>>): boolean =>
  ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].some(
    (name) => (env[name] ?? '') !== '' || (env[name.toLowerCase()] ?? '') !== '',
  );

/** The proxy's packages are loaded only where a proxy is set. */
async function proxyAgent(url: URL, tls: HttpsAgentOptions): Promise<HttpAgent | undefined> {
  const { getProxyForUrl } = await import('proxy-from-env');
  const proxy = getProxyForUrl(url.href);
  if (proxy === '') return undefined;
  if (!URL.canParse(proxy))
    throw badProfile('the proxy in the environment is no URL', 'write HTTPS_PROXY as http://host:port');
  if (url.protocol === 'http:') {
    const { HttpProxyAgent } = await import('http-proxy-agent');
    return new HttpProxyAgent(proxy);
  }
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  const agent = new HttpsProxyAgent(proxy, tls);
  // What it was made with holds for the way to the proxy alone; this holds for the TLS that goes through it to STS.
  Object.assign(agent.options, tls);
  return agent;
}

function caOf(caBundle: StsTarget['caBundle']): { ca?: Buffer } {
  if (caBundle === undefined) return {};
  try {
    return { ca: readFileSync(caBundle.value) };
  } catch {
    throw badProfile(
      `the CA bundle ${caBundle.value} can't be read (${describeOrigin(caBundle.from)})`,
      'name a PEM file that exists',
    );
  }
}
