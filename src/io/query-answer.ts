import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import type { HttpResponse } from '@smithy/core/transport';
import type { MetadataBearer } from '@smithy/types';
import type { Called, QueryService } from './query-client';

/**
 * What an answer says, by the SDK's own protocol.
 * @throws what the service refused with, as the SDK's clients do.
 */
export function readAnswer<O extends MetadataBearer>(
  { namespace, xmlNamespace, errorTypeRegistries, version }: QueryService,
  called: Called,
  response: HttpResponse,
): Promise<O> {
  const protocol = new AwsQueryProtocol({
    defaultNamespace: namespace,
    errorTypeRegistries,
    xmlNamespace,
    version,
  });
  protocol.setSerdeContext(SERDE);
  return protocol.deserializeResponse<O>(called, SERDE, response);
}

const SERDE = {
  base64Decoder: fromBase64,
  base64Encoder: toBase64,
  utf8Decoder: fromUtf8,
  utf8Encoder: toUtf8,
  // The handler has collected it.
  streamCollector: (body: unknown) =>
    body instanceof Uint8Array ? Promise.resolve(body) : Promise.reject(new TypeError('no body')),
  endpoint: () => Promise.reject(new Error('nothing is sent from here')),
};
