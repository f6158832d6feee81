import type { StsTarget } from '../core/plan';
import type { Session } from '../core/session';
import { failureOf, type Failure } from './sts-errors';
import { endpointOf, type ServiceName } from './aws-endpoint';
import type { HttpHandler } from './http-exchange';
import { openTransport } from './sts-transport';

/** Calls at most, of one step, whatever goes wrong. */
const MOST_CALLS = 4;
/** Tries at most while nothing answers. */
const MOST_NETWORK_TRIES = 3;
const LONGEST_RETRY_AFTER_MS = 20_000;
const TELL_AFTER_MS = 2_000;
const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'SlowDown',
]);

export interface CallerPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
  /** Each call, with how long it took, and more; never a secret. */
  readonly info: (line: string) => void;
  readonly debug: (line: string) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Called whenever a request has been sent. */
  readonly waiting: () => void;
  /** Does it once, when next a request has been sent. */
  readonly whileWaiting: (work: () => void) => void;
}

/** One call of one service. */
export interface AwsCall {
  readonly service: ServiceName;
  readonly action: string;
  /** Undefined: the call is not signed. */
  readonly signer: Session | undefined;
  readonly target: StsTarget;
  /** It carries an MFA code: one that may have arrived is not sent again. */
  readonly oneTime: boolean;
}

/** What every client of the SDK has that we make. */
interface SdkClient {
  readonly config: { readonly systemClockOffset: number };
}

/** What a client is made of. */
export interface CallSettings {
  readonly signer: Session | undefined;
  readonly target: StsTarget;
  /** Where it is called. */
  readonly url: URL;
  readonly handler: HttpHandler;
  /** AWS's clock minus ours, milliseconds. */
  readonly systemClockOffset: number;
  /** Of the caller's ports. */
  readonly whileWaiting: CallerPorts['whileWaiting'];
}

/** How AWS's clients are called: by our transport, our retries, and with nothing but what they are told. */
export interface AwsCaller {
  /** Throws `StsRefusal`, whichever the service. */
  call<C extends SdkClient, T>(
    call: AwsCall,
    make: (settings: CallSettings) => C,
    send: (client: C) => Promise<T>,
  ): Promise<T>;
  close(): void;
}

/** The calls of all services go this way. They retry by our rules, not by the SDK's. */
export function openAwsCaller(ports: CallerPorts): AwsCaller {
  const transports = new Map<string, Promise<HttpHandler>>();
  // AWS's clock minus ours, once the SDK learned it from an answer.
  let clockOffset = 0;
  let failed = false;

  function transportTo(url: URL, caBundle: StsTarget['caBundle']): Promise<HttpHandler> {
    const where = JSON.stringify([url.href, caBundle?.value]);
    const transport = transports.get(where) ?? openTransport(url, caBundle, ports);
    transports.set(where, transport);
    return transport;
  }

  async function call<C extends SdkClient, T>(
    { service, action, signer, target, oneTime }: AwsCall,
    make: (settings: CallSettings) => C,
    send: (client: C) => Promise<T>,
  ): Promise<T> {
    const url = await endpointOf(target, service);
    const transport = transportTo(url, target.caBundle);
    const client = make({
      signer,
      target,
      url,
      handler: await transport,
      systemClockOffset: clockOffset,
      whileWaiting: ports.whileWaiting,
    });
    const { host } = url;
    const signed = signer === undefined ? 'unsigned' : `signed by ${signer.accessKeyId}`;
    for (let calls = 1; ; calls += 1) {
      ports.debug(`${action} to ${host}, ${signed}, call ${String(calls)}`);
      const began = process.hrtime.bigint();
      const tell = (outcome: string): void =>
        ports.info(
          `${action} at ${host} (${target.region.value}): ${outcome} in ${String((process.hrtime.bigint() - began) / 1_000_000n)}ms`,
        );
      const telling = setTimeout(() => ports.say(`waiting for ${service} at ${host}`), TELL_AFTER_MS);
      try {
        const answer = await send(client);
        tell('ok');
        return answer;
      } catch (error) {
        failed = true;
        clockOffset = client.config.systemClockOffset;
        const failure = failureOf(error, clockOffset);
        tell(failure.refusal.code);
        const wait = pauseBeforeRetry(failure, calls, oneTime);
        if (wait === undefined) throw failure.refusal;
        if (wait > TELL_AFTER_MS) ports.say(`${service} asks to wait ${String(Math.ceil(wait / 1000))}s`);
        await ports.sleep(wait);
      } finally {
        clearTimeout(telling);
      }
    }
  }

  return {
    call,
    close() {
      // An idle connection keeps no process from ending, and to close it here would make Node open stderr (1 ms).
      if (!failed) return;
      // One that could not be opened was told of when it was called for.
      for (const transport of transports.values())
        void transport.then(
          (handler) => handler.destroy(),
          () => undefined,
        );
    },
  };
}

/**
 * Milliseconds to wait before the same call is made again; undefined: it is not. A call with a one-time code goes
 * again only when the code can't have been looked at.
 */
function pauseBeforeRetry(
  { refusal, status, retryAfter, clockCorrected }: Failure,
  calls: number,
  oneTime: boolean,
): number | undefined {
  if (calls >= MOST_CALLS) return undefined;
  if (clockCorrected) return calls === 1 ? 0 : undefined;
  const backoff = 100 * 2 ** calls * (0.5 + Math.random());
  if (refusal.code === 'NetworkError') {
    const again = calls < MOST_NETWORK_TRIES && !(oneTime && refusal.reached);
    return again && !refusal.text.includes('certificate') ? backoff : undefined;
  }
  const throttled = THROTTLED.has(refusal.code) || status === 429;
  const failed = (status ?? 0) >= 500 && !oneTime;
  if (!throttled && !failed) return undefined;
  if (retryAfter === undefined) return backoff * 2;
  return retryAfter <= LONGEST_RETRY_AFTER_MS ? retryAfter : undefined;
}
