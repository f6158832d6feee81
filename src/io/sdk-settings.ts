import { credentialsOf } from './aws-credentials';
import type { CallSettings } from './aws-caller';

/**
 * The SDK looks into AWS's files and variables behind our back (endpoints, retry modes, `AWS_PROFILE`); everything it
 * is to know it is told. Its word on Node's end of support is kept off the terminal by its own switch.
 */
function isolateSdk(): void {
  for (const name of Object.keys(process.env))
    if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  const nowhere = process.platform === 'win32' ? 'NUL' : '/dev/null';
  process.env['AWS_CONFIG_FILE'] = nowhere;
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = nowhere;
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
}

const noSchemes: string[] = [];

/** What a client of the SDK is made with, so that it asks nobody else. */
export function sdkSettings({ signer, target, handler, systemClockOffset }: CallSettings) {
  isolateSdk();
  return {
    region: target.region.value,
    ...(target.endpoint === undefined ? {} : { endpoint: target.endpoint.value }),
    useFipsEndpoint: target.fips,
    useDualstackEndpoint: target.dualstack,
    ...(signer === undefined ? {} : { credentials: credentialsOf(signer) }),
    requestHandler: handler,
    systemClockOffset,
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    authSchemePreference: noSchemes,
    userAgentAppId: 'tsawsume',
  } as const;
}
