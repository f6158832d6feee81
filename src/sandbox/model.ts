/** What somebody may do: actions and resources, `*` standing for any run of characters. Nothing is denied, only not allowed. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface UserSpec {
  readonly account: string;
  readonly name: string;
  /** The account's root user: its ARN ends in `:root`, and it may not assume roles. */
  readonly root?: boolean;
  readonly permissions: readonly Statement[];
  readonly keys: readonly KeyPair[];
  /** The serial is an ARN, or a hardware serial number; the secret is base32. */
  readonly devices: readonly { readonly serial: string; readonly secret: string }[];
}

/** Who may assume a role, and on what conditions. */
export interface Trust {
  /** ARNs of users and roles, `arn:aws:iam::ACCOUNT:root` (or the account's number) for everybody of an account. */
  readonly principals: readonly string[];
  /** `aws:MultiFactorAuthPresent`, and optionally `aws:MultiFactorAuthAge` in seconds. */
  readonly mfa?: { readonly maxAgeSeconds?: number };
  readonly externalId?: string;
  /** Federated principals: the provider's host name, and the token's subject and audience. */
  readonly webIdentity?: { readonly provider: string; readonly subject?: string; readonly audience?: string };
}

export interface RoleSpec {
  readonly account: string;
  readonly name: string;
  /** `/team/` in `role/team/name`; absent: none. */
  readonly path?: string;
  /** `aws` where absent. */
  readonly partition?: string;
  /** MaxSessionDuration, 3600 to 43200 seconds; absent: 3600. */
  readonly maxSessionSeconds?: number;
  readonly trust: Trust;
  readonly permissions: readonly Statement[];
}

export interface User extends UserSpec {
  readonly kind: 'user';
  /** `AIDA…`, the account's number for a root user. */
  readonly id: string;
  readonly arn: string;
}

export interface Role extends RoleSpec {
  readonly kind: 'role';
  /** `AROA…` */
  readonly id: string;
  readonly arn: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** What a session carries besides its keys. */
export interface SessionContext {
  /** When an MFA code was given for it, milliseconds UTC: `aws:MultiFactorAuthPresent`. */
  readonly mfaAt?: number;
  readonly sourceIdentity?: string;
  /** A role that temporary keys assumed. */
  readonly chained?: boolean;
  readonly tags?: readonly Tag[];
  /** Those of the tags that pass on to the next role of a chain. */
  readonly transitiveTags?: readonly Tag[];
}

export type Principal =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'role'; readonly role: Role; readonly sessionName: string }
  /** A user by GetFederationToken; without a policy it may do nothing. */
  | { readonly kind: 'federated'; readonly user: User; readonly name: string };

/** Keys that sign, and as whom. */
export interface Credential extends KeyPair {
  readonly lifetime: 'long-lived' | 'user-session' | 'role-session' | 'federated-session';
  readonly principal: Principal;
  readonly context: SessionContext;
  /** Both are absent for long-lived keys. Milliseconds UTC. */
  readonly sessionToken?: string;
  readonly expiresAt?: number;
  /** When it was issued, whole seconds as milliseconds UTC (`aws:TokenIssueTime`); absent for long-lived keys. */
  readonly issuedAt?: number;
}

/** The ARN that STS names a principal by; a role's path is not part of a session's ARN. */
export function principalArn(principal: Principal): string {
  if (principal.kind === 'user') return principal.user.arn;
  if (principal.kind === 'federated')
    return `arn:aws:sts::${principal.user.account}:federated-user/${principal.name}`;
  const { role, sessionName } = principal;
  return `arn:${role.partition ?? 'aws'}:sts::${role.account}:assumed-role/${role.name}/${sessionName}`;
}

/** The UserId of GetCallerIdentity: `AIDA…`, `AROA…:session`. */
export const principalId = (principal: Principal): string =>
  principal.kind === 'role'
    ? `${principal.role.id}:${principal.sessionName}`
    : principal.kind === 'federated'
      ? `${principal.user.account}:${principal.name}`
      : principal.user.id;

export const ownerOf = (principal: Principal): User | Role =>
  principal.kind === 'role' ? principal.role : principal.user;
