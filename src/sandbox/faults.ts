import { STS } from './action';
import type { Call } from './journal';
import { element } from './xml';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface ReplyFault {
  readonly kind: 'reply';
  readonly reply: Reply;
}

/**
 * What can go wrong with one request. `processed` says whether the request has its effect (a code spent, a session
 * issued) although the answer is lost: the two look the same to a client.
 */
export type Fault =
  | ReplyFault
  /** The request is processed, its answer held back so many milliseconds. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** No answer ever. */
  | { readonly kind: 'hang'; readonly processed: boolean }
  /** The connection is reset. */
  | { readonly kind: 'reset'; readonly processed: boolean };

/** Asked about every request before it is worked on; undefined: nothing is wrong. It may take its time. */
export type FaultHook = (call: Call) => Fault | undefined | Promise<Fault | undefined>;

const XML = { 'content-type': 'text/xml' } as const;

/** STS's error document. */
export const errorBody = (
  code: string,
  message: string,
  requestId: string,
  namespace = STS.namespace,
): string =>
  element(
    'ErrorResponse',
    { Error: { Type: 'Sender', Code: code, Message: message }, RequestId: requestId },
    namespace,
  );

const reply = (status: number, headers: Reply['headers'], body: Reply['body']): ReplyFault => ({
  kind: 'reply',
  reply: { status, headers, body },
});

export const delay = (milliseconds: number): Fault => ({ kind: 'delay', milliseconds });
export const hang = (processed = false): Fault => ({ kind: 'hang', processed });
export const reset = (processed = false): Fault => ({ kind: 'reset', processed });

/** Any refusal of AWS's, with its code and text. */
export const refusal = (
  status: number,
  code: string,
  message: string,
  headers: Reply['headers'] = {},
): ReplyFault => reply(status, { ...XML, ...headers }, errorBody(code, message, 'sandbox-fault'));

/** STS's throttling. @param retryAfter the Retry-After header's value: seconds, a date, or junk; absent: no header. */
export const throttled = (retryAfter?: string): ReplyFault =>
  refusal(400, 'Throttling', 'Rate exceeded', retryAfter === undefined ? {} : { 'retry-after': retryAfter });

export const serverError = (status = 500): ReplyFault =>
  refusal(status, 'InternalFailure', 'The request processing has failed because of an unknown error.');

/** 200, and a document that breaks off. */
export const junkXml = (): ReplyFault => reply(200, XML, '<AssumeRoleResponse><AssumeRoleResult><Creden');

/** @param location where to. */
export const redirect = (location: string, status = 302): ReplyFault => reply(status, { location }, '');

/** 200, and that many bytes of nothing that makes sense. */
export const huge = (bytes: number): ReplyFault => reply(200, XML, Buffer.alloc(bytes, 'x'));

/** A hook that answers only the first `count` calls with the fault, of one action where it is named. */
export function firstCalls(count: number, fault: Fault, action?: string): FaultHook {
  let left = count;
  return (call) => {
    if (left === 0 || (action !== undefined && call.action !== action)) return undefined;
    left -= 1;
    return fault;
  };
}
