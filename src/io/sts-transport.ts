import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions as HttpsAgentOptions } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { badProfile } from '../errors';
import { describeOrigin } from '../core/names';
import type { StsTarget } from '../core/plan';

export const CONNECT_MS = 3_000;
export const REPLY_MS = 10_000;
/** STS's answers are a few kB; session tokens of 100 kB were seen to be promised. More is not an answer of STS. */
const MOST_BYTES = 1024 * 1024;

/** The services that are called, as people know them. */
export type ServiceName = 'STS' | 'IAM' | 'the console';

/** The way to STS: one connection kept for a chain, bounded waits, the CA bundle and the proxy the user set. */
export async function openTransport(
  target: StsTarget,
  env: Readonly<Record<string, string | undefined>>,
  service: ServiceName = 'STS',
): Promise<NodeHttpHandler> {
  const tls = { ...caOf(target), rejectUnauthorized: true, keepAlive: true };
  const proxy = proxyVariable(env) ? await proxyAgents(urlOf(target, service), tls) : undefined;
  return new NodeHttpHandler({
    connectionTimeout: CONNECT_MS,
    requestTimeout: REPLY_MS,
    throwOnRequestTimeout: true,
    httpAgent: proxy?.http ?? new HttpAgent({ keepAlive: true }),
    // Said explicitly, so that NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment can't switch it off.
    httpsAgent: proxy?.https ?? new HttpsAgent(tls),
  });
}

const proxyVariable = (env: Readonly<Record<string, string | undefined>>): boolean =>
  ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].some(
    (name) => (env[name] ?? '') !== '' || (env[name.toLowerCase()] ?? '') !== '',
  );

/** The proxy's packages are loaded only where a proxy is set. */
async function proxyAgents(
  url: string,
  tls: HttpsAgentOptions,
): Promise<{ http: HttpAgent; https: HttpsAgent } | undefined> {
  const { getProxyForUrl } = await import('proxy-from-env');
  const proxy = getProxyForUrl(url);
  if (proxy === '') return undefined;
  const [{ HttpsProxyAgent }, { HttpProxyAgent }] = await Promise.all([
    import('https-proxy-agent'),
    import('http-proxy-agent'),
  ]);
  if (!URL.canParse(proxy))
    throw badProfile('the proxy in the environment is no URL', 'write HTTPS_PROXY as http://host:port');
  const https = new HttpsProxyAgent(proxy, tls);
  // What it was made with holds for the way to the proxy alone; this holds for the TLS that goes through it to STS.
  Object.assign(https.options, tls);
  // The SDK's type wants Node's https.Agent, and asks it only for the methods of http.Agent, which this one is a class of;
  // it speaks TLS through the proxy. Nothing but that difference of types is silenced.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  return { http: new HttpProxyAgent(proxy), https };
}

/** Which host is called: for NO_PROXY. */
export const urlOf = ({ endpoint, region }: StsTarget, service: ServiceName): string =>
  endpoint?.value ??
  (service === 'IAM' ? 'https://iam.amazonaws.com' : `https://sts.${region.value}.amazonaws.com`);

function caOf({ caBundle }: StsTarget): { ca?: Buffer } {
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

/** Collects a body, up to a size that no answer of STS has. */
export async function collectBounded(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.byteLength;
    if (size > MOST_BYTES) throw new RangeError('the answer is longer than any of STS');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
