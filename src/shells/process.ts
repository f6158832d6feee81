import type { Shell } from './shell';
import { refused } from '../errors';
import { variablesOf } from './lines';

/**
 * What the AWS SDKs read from a `credential_process` (SDKs and Tools Reference Guide, "Process credential
 * provider"): Version 1, the keys, and for temporary ones a token and an expiration in ISO 8601.
 */
export const credentialProcess: Shell = {
  render(emission) {
    const variables = variablesOf(emission);
    const id = variables.get('AWS_ACCESS_KEY_ID');
    const secret = variables.get('AWS_SECRET_ACCESS_KEY');
    if (id === undefined || secret === undefined) throw refused('there are no keys to print');
    return `${JSON.stringify(
      {
        Version: 1,
        AccessKeyId: id,
        SecretAccessKey: secret,
        // What is undefined is left out.
        SessionToken: variables.get('AWS_SESSION_TOKEN'),
        Expiration: variables.get('AWS_CREDENTIAL_EXPIRATION'),
      },
      null,
      2,
    )}\n`;
  },
};
