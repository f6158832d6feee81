import { randomUUID } from 'node:crypto';

import { STS } from './action';
import type { Action } from './action';
import { findAction } from './actions';
import { AwsError } from './aws-error';
import type { Cloud } from './cloud';
import { FEDERATION_PATH, federation } from './federation';
import { errorBody } from './faults';
import type { Reply } from './faults';
import type { Params } from './query';
import { authenticate } from './signature';
import type { Received } from './signature';
import { element } from './xml';
import type { XmlFields } from './xml';

/** An answer, and `ok` or the error's code for the journal. */
export interface Answer extends Reply {
  readonly outcome: string;
}

/** AWS's answer to a request: who signed it is checked, the action run, the result or the refusal written as XML. */
export async function answer(cloud: Cloud, request: Received, params: Params): Promise<Answer> {
  if (request.path === FEDERATION_PATH) return federation(cloud, params);
  const requestId = randomUUID();
  // AWS's clock is what clients correct their own by: it is the cloud's, which a test may have set.
  const headers = {
    'content-type': 'text/xml',
    'x-amzn-requestid': requestId,
    date: new Date(cloud.now()).toUTCString(),
  };
  let namespace = STS.namespace;
  try {
    const action = findAction(params);
    namespace = action.service.namespace;
    const fields = await run(cloud, action, request, params);
    const body = element(
      `${action.name}Response`,
      { [`${action.name}Result`]: fields, ResponseMetadata: { RequestId: requestId } },
      namespace,
    );
    return { status: 200, headers, body, outcome: 'ok' };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const body = errorBody(error.code, error.message, requestId, namespace);
    return { status: error.status, headers, body, outcome: error.code };
  }
}

async function run(cloud: Cloud, action: Action, request: Received, params: Params): Promise<XmlFields> {
  if (!action.signed) return action.run({ cloud, params });
  const caller = await authenticate(request, action.service, cloud);
  return action.run({ cloud, params, caller });
}
