import { sessionToken, secretKey, uniqueId } from './ids';
import { MfaDevice, totpCode, totpSecondsLeft } from './mfa';
import type { ShownCode } from './mfa';
import type { Credential, Principal, Role, RoleSpec, SessionContext, User, UserSpec } from './model';
import { WebIdentities } from './web-identities';

/** What can be turned while the sandbox runs. */
export interface CloudSettings {
  /** Characters of the session tokens that are issued from now on. */
  sessionTokenLength: number;
  /** Whether a GetSessionToken session counts as a chain's first link (1 hour at most), as it does at AWS. */
  userSessionsChain: boolean;
  /**
   * Whether a right MFA code is spent even when the call is refused for another reason afterwards (no trust, too
   * long). AWS documents neither; the stricter is the default: what works here works there.
   */
  refusalsSpendCodes: boolean;
  /**
   * Seconds after which every role session ends, whatever was asked for; AWS gives none under 15 minutes, which is longer
   * than a test can wait to see what happens then. The answer tells that end. Absent: as at AWS.
   */
  roleSessionsEndAfter: number | undefined;
  /** IAM's lists come in pages of at most so many, whatever was asked for. */
  pageSize: number;
}

export interface CloudOptions extends Partial<CloudSettings> {
  /** Milliseconds since the epoch, UTC; absent: this machine's clock. */
  readonly now?: () => number;
  /** Hears of every MFA code that is spent, before the call that spent it is answered. */
  readonly onSpentCode?: (serial: string) => void;
}

/** Everything the sandbox remembers: users, roles, devices, and the sessions it issued. In memory only. */
export class Cloud {
  readonly settings: CloudSettings;
  readonly webIdentities = new WebIdentities();
  readonly #now: () => number;
  readonly #onSpentCode: (serial: string) => void;
  readonly #users = new Map<string, User>();
  readonly #roles = new Map<string, Role>();
  readonly #credentials = new Map<string, Credential>();
  readonly #rolePolicies = new Map<string, Map<string, string>>();
  readonly #devices = new Map<string, { readonly owner: User; readonly device: MfaDevice }>();

  constructor(options: CloudOptions = {}) {
    this.#now = options.now ?? Date.now;
    this.#onSpentCode = options.onSpentCode ?? (() => undefined);
    this.settings = {
      sessionTokenLength: options.sessionTokenLength ?? 356,
      userSessionsChain: options.userSessionsChain ?? true,
      refusalsSpendCodes: options.refusalsSpendCodes ?? true,
      roleSessionsEndAfter: options.roleSessionsEndAfter,
      pageSize: options.pageSize ?? 100,
    };
  }

  /** Milliseconds since the epoch, UTC. */
  now(): number {
    return this.#now();
  }

  addUser(spec: UserSpec): User {
    const prefix = `arn:aws:iam::${spec.account}`;
    const user: User = spec.root
      ? { ...spec, kind: 'user', id: spec.account, arn: `${prefix}:root` }
      : { ...spec, kind: 'user', id: uniqueId('AIDA'), arn: `${prefix}:user/${spec.name}` };
    this.#users.set(user.arn, user);
    const principal = { kind: 'user', user } as const;
    for (const pair of spec.keys) {
      this.#credentials.set(pair.accessKeyId, { ...pair, lifetime: 'long-lived', principal, context: {} });
    }
    for (const { serial, secret } of spec.devices) {
      const device = new MfaDevice(serial, secret, () => this.#onSpentCode(serial));
      this.#devices.set(serial, { owner: user, device });
    }
    return user;
  }

  addRole(spec: RoleSpec): Role {
    const role: Role = { ...spec, kind: 'role', id: uniqueId('AROA'), arn: roleArn(spec) };
    this.#roles.set(role.arn, role);
    return role;
  }

  users(): readonly User[] {
    return [...this.#users.values()];
  }

  roles(): readonly Role[] {
    return [...this.#roles.values()];
  }

  role(arn: string): Role | undefined {
    return this.#roles.get(arn);
  }

  /** The inline policies of a role: their texts by their names. */
  rolePolicies(role: Role): Map<string, string> {
    const policies = this.#rolePolicies.get(role.arn) ?? new Map<string, string>();
    this.#rolePolicies.set(role.arn, policies);
    return policies;
  }

  credential(accessKeyId: string): Credential | undefined {
    return this.#credentials.get(accessKeyId);
  }

  /** Issues a session. @param seconds how long it lives, from now. */
  issue(principal: Principal, seconds: number, context: SessionContext): Credential & Issued {
    // AWS tells whole seconds; what it says must not be later than what it keeps to.
    const most = principal.kind === 'user' ? undefined : this.settings.roleSessionsEndAfter;
    const issuedAt = Math.floor(this.now() / 1000) * 1000;
    const expiresAt = issuedAt + Math.min(seconds, most ?? seconds) * 1000;
    const session = {
      accessKeyId: uniqueId('ASIA'),
      secretAccessKey: secretKey(),
      sessionToken: sessionToken(this.settings.sessionTokenLength),
      expiresAt,
      issuedAt,
      lifetime: `${principal.kind}-session`,
      principal,
      context,
    } as const;
    this.#credentials.set(session.accessKeyId, session);
    return session;
  }

  /** Deletes keys, long-lived or temporary: from now on they are unknown (InvalidClientTokenId). */
  deleteKey(accessKeyId: string): void {
    this.#credentials.delete(accessKeyId);
  }

  /** Ends every session that was issued so far: from now on each is ExpiredToken. */
  expireSessions(): void {
    for (const [id, credential] of this.#credentials) {
      if (credential.expiresAt !== undefined) this.#credentials.set(id, { ...credential, expiresAt: 0 });
    }
  }

  /** A user's own device; undefined for another user's, as for none. */
  deviceOf(user: User, serial: string): MfaDevice | undefined {
    const found = this.#devices.get(serial);
    return found?.owner === user ? found.device : undefined;
  }

  /** What the device shows now. @throws Error for an unknown serial. */
  currentCode(serial: string): string {
    return totpCode(this.#device(serial).secret, this.now());
  }

  /** A code that is taken now, though the current one may be spent; undefined when the next is half a minute away. */
  freshCode(serial: string): string | undefined {
    return this.#device(serial).freshCode(this.now());
  }

  /** What a person should type now. @throws Error for an unknown serial. */
  showCode(serial: string): ShownCode {
    return this.#device(serial).show(this.now());
  }

  /** Whole seconds until devices show another code. */
  secondsLeft(): number {
    return totpSecondsLeft(this.now());
  }

  #device(serial: string): MfaDevice {
    const found = this.#devices.get(serial);
    if (found === undefined) throw new Error(`the sandbox has no MFA device ${serial}`);
    return found.device;
  }
}

interface Issued {
  readonly sessionToken: string;
  readonly expiresAt: number;
}

/** `arn:aws:iam::111122223333:role/name`, for a role that may not be there yet. */
export const roleArn = (role: Pick<RoleSpec, 'account' | 'name' | 'path' | 'partition'>): string =>
  `arn:${role.partition ?? 'aws'}:iam::${role.account}:role${role.path ?? '/'}${role.name}`;
