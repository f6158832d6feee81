import { MANAGER } from './managed';
import { isHttpUrl, isRegion } from './checks';
import type { ProfileName, Sourced } from './names';
import { isMfaSerial } from './names';
import { present } from './present';
import type { EndpointSettings, ProfileCommon } from './profile';
import type { ProfileSettings } from './profile-settings';
import { sourced } from './profile-settings';
import type { Section, Sections } from './section';

/** A role session lives 12 hours at most, a user's own session 36 (STS). Seconds. */
export const LONGEST_ROLE_SESSION = 43_200;
export const LONGEST_USER_SESSION = 129_600;

/**
 * What every kind of profile may say, its endpoint aside.
 * @param longest the longest `duration_seconds`; undefined: the setting belongs to a role that is not used here.
 */
export function commonSettings(
  name: ProfileName,
  settings: ProfileSettings,
  longest: number | undefined,
): Omit<ProfileCommon, 'endpoint'> {
  const region = settings.checked('region', isRegion, 'write a region such as us-east-1');
  const serial = settings.checked(
    'mfa_serial',
    isMfaSerial,
    "write the device's ARN, arn:aws:iam::ACCOUNT:mfa/NAME, or a hardware device's serial number",
  );
  const mfaProcess = settings.find('mfa_process');
  return {
    name,
    origin: settings.origin,
    ...(settings.find('manager')?.value === MANAGER ? { managed: true } : {}),
    ...present({
      region: region && sourced(region),
      mfaSerial: serial && sourced(serial),
      mfaProcess: mfaProcess && sourced(mfaProcess),
      durationSeconds: longest === undefined ? undefined : settings.seconds('duration_seconds', longest),
    }),
  };
}

/** How the profile wants STS reached (semantics 21). What it says is checked only where it is used. */
export function endpointSettings(settings: ProfileSettings, services: Sections): EndpointSettings {
  const ignoreConfigured = settings.boolean('ignore_configured_endpoint_urls');
  const caBundle = settings.line('ca_bundle');
  return present({
    ...(ignoreConfigured?.value === true ? {} : configuredEndpoints(settings, services)),
    ignoreConfigured,
    useFips: settings.boolean('use_fips_endpoint'),
    useDualstack: settings.boolean('use_dualstack_endpoint'),
    caBundle: caBundle && sourced(caBundle),
  });
}

const URL_HINT = 'write a URL that begins with https:// or http://';

function configuredEndpoints(settings: ProfileSettings, services: Sections): EndpointSettings {
  const url = settings.checked('endpoint_url', isHttpUrl, URL_HINT);
  const section = servicesSection(settings, services);
  const servicesSts = endpointOf(section, 'sts', settings);
  const servicesIam = endpointOf(section, 'iam', settings);
  return present({ servicesSts, servicesIam, endpointUrl: url && sourced(url) });
}

function servicesSection(settings: ProfileSettings, services: Sections): Section | undefined {
  const named = settings.line('services');
  if (named === undefined) return undefined;
  const section = services.get(named.value);
  if (section === undefined) {
    const message = `there is no [services ${named.value}] in the config file`;
    settings.complain(named.from, message, 'add that section, or remove the services setting');
    return undefined;
  }
  settings.adopt(section.problems);
  return section;
}

function endpointOf(
  section: Section | undefined,
  service: 'sts' | 'iam',
  settings: ProfileSettings,
): Sourced | undefined {
  const url = section?.properties.get(service)?.nested.get('endpoint_url');
  if (url === undefined || url.value === '') return undefined;
  if (isHttpUrl(url.value)) return { value: url.value, from: url.origin };
  settings.complain(url.origin, 'the value of endpoint_url is not valid', URL_HINT);
  return undefined;
}
