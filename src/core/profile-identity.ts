import { CREDENTIAL_SOURCES, isCredentialSource, isExternalId, isSessionName } from './checks';
import type { RoleArn, Sourced } from './names';
import { isProfileName, isRoleArn } from './names';
import { present } from './present';
import type { ProfileCommon, RoleSource, UsableProfile } from './profile';
import type { ProfileSettings, Setting } from './profile-settings';
import { sourced } from './profile-settings';
import type { Sections } from './section';
import { hasSso, ssoIdentity } from './sso-identity';
import { hasAnyKey, keysIdentity } from './static-keys';

type WithoutCommon<P> = P extends UsableProfile ? Omit<P, keyof ProfileCommon> : never;
/** What makes a profile of its kind, without what every profile may say. */
export type Identity = WithoutCommon<UsableProfile>;

/** Also the placeholder of an identity that can't be used: the problems noted with the settings say why. */
const NOBODY = { kind: 'none' } as const;

/**
 * Who a profile is when a person asks for it: the order of the AWS CLI's providers (semantics 6 to 12). The first
 * that finds its settings decides, and when they are wrong no later one steps in.
 */
export function askedIdentity(settings: ProfileSettings, ssoSessions: Sections): Identity {
  return webIdentity(settings) ?? role(settings) ?? ownIdentity(settings, ssoSessions);
}

/**
 * Who a profile is when another names it as its source: one that holds keys ends the chain, and its own `role_arn`
 * is not looked at (semantics 7, as botocore).
 */
export function sourceIdentity(settings: ProfileSettings, ssoSessions: Sections): Identity {
  const viaRole = hasAnyKey(settings) ? undefined : role;
  return webIdentity(settings) ?? viaRole?.(settings) ?? ownIdentity(settings, ssoSessions);
}

/** Everything but a role. Keys of the credentials file come before a process, those of the config file after. */
function ownIdentity(settings: ProfileSettings, ssoSessions: Sections): Identity {
  return (
    ssoIdentity(settings, ssoSessions) ??
    keysIdentity(settings, 'credentials file') ??
    login(settings) ??
    process(settings) ??
    keysIdentity(settings, 'either file') ??
    NOBODY
  );
}

function webIdentity(settings: ProfileSettings): Identity | undefined {
  const found = settings.find('web_identity_token_file');
  if (found === undefined) return undefined;
  const tokenFile = settings.line(found.key);
  const arn = settings.find('role_arn');
  if (arn === undefined) {
    const hint = 'add the role_arn of the role that the token is for';
    settings.complain(found.from, `${found.key} stands without role_arn`, hint);
    return NOBODY;
  }
  const roleArn = roleArnOf(settings, arn);
  const sessionName = sessionNameOf(settings);
  if (tokenFile === undefined || roleArn === undefined) return NOBODY;
  return { kind: 'web-identity', roleArn, tokenFile: sourced(tokenFile), ...present({ sessionName }) };
}

function role(settings: ProfileSettings): Identity | undefined {
  const arn = settings.find('role_arn');
  if (arn === undefined) return undefined;
  const roleArn = roleArnOf(settings, arn);
  const source = roleSource(settings, arn);
  const sessionName = sessionNameOf(settings);
  const hint = 'write 2 to 1224 characters out of letters, digits and _+=,.@:/-';
  const externalId = settings.checked('external_id', isExternalId, hint);
  if (roleArn === undefined || source === undefined) return NOBODY;
  const optional = present({ externalId: externalId && sourced(externalId), sessionName });
  return { kind: 'role', roleArn, source, ...optional };
}

/** Exactly one source (semantics 6). The profile's own keys are never one: they are the user's, not the role's. */
function roleSource(settings: ProfileSettings, arn: Setting): RoleSource | undefined {
  const profile = settings.find('source_profile');
  const machine = settings.find('credential_source');
  if (profile !== undefined && machine !== undefined) {
    settings.complain(
      machine.from,
      'source_profile and credential_source stand side by side',
      'keep the one that is to sign for the role, and remove the other',
    );
    return undefined;
  }
  if (profile !== undefined) return profileSource(settings, profile);
  if (machine !== undefined) return machineSource(settings, machine);
  const command = settings.find('credential_process');
  const keys = hasAnyKey(settings);
  const sso = hasSso(settings);
  if (command !== undefined && !keys && !sso) return { by: 'process', command: sourced(command) };
  const beside = keys ? " beside the profile's own keys" : sso ? ' beside SSO settings' : '';
  settings.complain(
    arn.from,
    `role_arn${beside} has no source_profile and no credential_source`,
    'add source_profile = NAME, the profile that may assume the role',
  );
  return undefined;
}

function profileSource(settings: ProfileSettings, setting: Setting): RoleSource | undefined {
  if (settings.line(setting.key) === undefined || !isProfileName(setting.value)) return undefined;
  return { by: 'profile', profile: { value: setting.value, from: setting.from } };
}

function machineSource(settings: ProfileSettings, machine: Setting): RoleSource | undefined {
  const meant = CREDENTIAL_SOURCES.find((each) => each.toLowerCase() === machine.value.toLowerCase());
  const hint =
    meant === undefined ? `write ${CREDENTIAL_SOURCES.join(' or ')}` : `write ${meant}, in this spelling`;
  const source = settings.verified(machine, isCredentialSource, hint);
  return source && { by: 'machine', source: sourced(source) };
}

function roleArnOf(settings: ProfileSettings, arn: Setting): Sourced<RoleArn> | undefined {
  const hint = "write the role's whole ARN, arn:aws:iam::ACCOUNT:role/NAME";
  const roleArn = settings.verified(arn, isRoleArn, hint);
  return roleArn && sourced(roleArn);
}

function sessionNameOf(settings: ProfileSettings): Sourced | undefined {
  const hint = 'write 2 to 64 characters out of letters, digits and _+=,.@-';
  const name = settings.checked('role_session_name', isSessionName, hint);
  return name && sourced(name);
}

function login(settings: ProfileSettings): Identity | undefined {
  const session = settings.find('login_session');
  if (session === undefined) return undefined;
  return settings.line(session.key) === undefined
    ? NOBODY
    : { kind: 'login', loginSession: sourced(session) };
}

/** A command may go on over indented lines: to the splitter of words a line break is white space. */
function process(settings: ProfileSettings): Identity | undefined {
  const command = settings.find('credential_process');
  return command && { kind: 'process', command: sourced(command) };
}
