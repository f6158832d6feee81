import { StsRefusal } from '../core/ports';

/** What a failed call of the SDK tells, read without trusting its shape. */
export interface Failure {
  readonly refusal: StsRefusal;
  readonly status: number | undefined;
  /** Milliseconds that the server asks to wait, from Retry-After. */
  readonly retryAfter: number | undefined;
  /** The SDK learned how far this machine's clock is off; the next call is dated by AWS's. */
  readonly clockCorrected: boolean;
}

/** The connection was never made, so nothing arrived. */
const NEVER_ARRIVED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN|CERT_.*|.*_CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|ERR_TLS_.*|ERR_SSL_.*|EPROTO)$/;

/** It was made, and ended before an answer. */
const CUT: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE']);

export function failureOf(error: unknown, clockOffset: number): Failure {
  const metadata = field(error, '$metadata');
  const status = number(field(metadata, 'httpStatusCode'));
  const headers = field(field(error, '$response'), 'headers');
  return {
    refusal: refusalOf(error, status, clockOffset),
    status,
    retryAfter: retryAfterOf(text(field(headers, 'retry-after'))),
    clockCorrected: field(metadata, 'clockSkewCorrected') === true,
  };
}

function refusalOf(error: unknown, status: number | undefined, clockOffset: number): StsRefusal {
  const name = text(field(error, 'name')) ?? 'Error';
  const message = text(field(error, 'message')) ?? '';
  const offset = clockOffset === 0 ? undefined : clockOffset;
  if (status === undefined) return networkRefusal(error, name, message);
  // A service's own error has a fault; anything else with a status is an answer that is not STS's.
  if (
    field(error, '$fault') !== undefined &&
    /^[A-Za-z][\w.]*$/.test(name) &&
    !/^(Unknown|UnknownError)$/.test(name)
  ) {
    return new StsRefusal(name, message, true, offset, { cause: error });
  }
  return new StsRefusal('InvalidResponse', `HTTP ${String(status)}, and not an answer of STS`, true, offset, {
    cause: error,
  });
}

function networkRefusal(error: unknown, name: string, message: string): StsRefusal {
  const code = text(field(error, 'code')) ?? '';
  const cause = { cause: error };
  if (name === 'TimeoutError' && message.includes('did not establish a connection')) {
    return new StsRefusal('NetworkError', 'no connection within 3s', false, undefined, cause);
  }
  if (name === 'TimeoutError')
    return new StsRefusal('NetworkError', 'no answer within 10s', true, undefined, cause);
  // The parser's codes: something came back, and it is no HTTP.
  if (code !== '' && !code.startsWith('HPE_'))
    return new StsRefusal(
      'NetworkError',
      described(code, message),
      !NEVER_ARRIVED.test(code),
      undefined,
      cause,
    );
  return new StsRefusal('InvalidResponse', 'the answer is not one of STS', true, undefined, cause);
}

function described(code: string, message: string): string {
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (CUT.has(code)) return 'the connection was cut';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name was not found';
  if (code === 'EPROTO' && message.includes('wrong version number')) return 'it does not speak TLS';
  return /CERT|TLS|SSL|UNABLE_TO/.test(code)
    ? `its certificate is not trusted (${code})`
    : `${code} ${message}`.trim();
}

/** Seconds or an HTTP date; anything else is no wish. Milliseconds. */
function retryAfterOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,6}$/.test(value.trim())) return Number(value) * 1000;
  // Date.parse reads a date into almost anything, "-5" and "soon 1" too.
  const at = /^[A-Z][a-z]{2,8},? .*GMT$/.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
