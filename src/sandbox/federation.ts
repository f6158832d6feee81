import { sessionToken } from './ids';
import type { Cloud } from './cloud';
import type { Credential } from './model';
import type { Params } from './query';

/** An answer of the console's federation endpoint, and a word for the journal. */
export interface FederationAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly outcome: string;
}

/** Where the console's sign-in is, beside the services' own path. */
export const FEDERATION_PATH = '/federation';

const bad = (why: string): FederationAnswer => ({
  status: 400,
  headers: { 'content-type': 'text/html' },
  body: `<html><body>${why}</body></html>`,
  outcome: why,
});

/**
 * The federation endpoint: keys in, a sign-in token out. It says little when it refuses, as AWS's does.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html
 */
export function federation(cloud: Cloud, params: Params): FederationAnswer {
  if (params.get('Action') !== 'getSigninToken') return bad('InvalidAction');
  const credential = sessionIn(cloud, params.get('Session'));
  if (credential === undefined) return bad('InvalidSession');
  // Only AssumeRole's and GetFederationToken's keys open the console.
  if (credential.lifetime === 'long-lived' || credential.lifetime === 'user-session')
    return bad('SessionNotFederated');
  const duration = params.get('SessionDuration');
  if (duration !== undefined) {
    const seconds = Number(duration);
    if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) return bad('InvalidSessionDuration');
    if (credential.lifetime === 'federated-session' || credential.context.chained === true)
      return bad('SessionDurationNotAllowed');
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ SigninToken: sessionToken(200).replace(/[+/=]/g, '_') }),
    outcome: 'ok',
  };
}

function sessionIn(cloud: Cloud, text: string | undefined): Credential | undefined {
  let session: unknown;
  try {
    session = JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
  if (typeof session !== 'object' || session === null) return undefined;
  const credential = cloud.credential(String(Reflect.get(session, 'sessionId')));
  const right =
    credential?.secretAccessKey === Reflect.get(session, 'sessionKey') &&
    credential?.sessionToken === Reflect.get(session, 'sessionToken') &&
    (credential?.expiresAt ?? Infinity) > cloud.now();
  return right ? credential : undefined;
}
