import type { CacheKey, MfaCode, MfaSerial, ProfileName } from './names';
import type { AssumeRoleStep, GetSessionTokenStep, StsTarget, WebIdentityStep } from './plan';
import type { Session } from './session';

/** What decided an answer, as plain values, without secrets: hashed it is the key, and it is checked on reading. */
export interface Inputs {
  readonly [name: string]: string | number | boolean | null | readonly string[] | Inputs | readonly Inputs[];
}

/** A stored session. Times are milliseconds since the epoch, UTC. */
export interface StoredSession {
  readonly key: CacheKey;
  readonly inputs: Inputs;
  readonly session: Session & { readonly expiresAt: number };
  /** By this machine's clock, when it was stored. */
  readonly obtainedAt: number;
  /** What was asked for, in seconds: nothing is believed to live longer. */
  readonly lifetimeSeconds: number;
  /** The profile it was fetched for, for people. */
  readonly profile: ProfileName;
  readonly kind: 'get-session-token' | 'assume-role' | 'web-identity';
}

/** The sessions on disk. Nothing here throws for a bad entry: what can't be believed is absent. */
export interface SessionStore {
  /** The entry, if it is whole, private, ours, and its times are believable; however little it has left. */
  read(key: CacheKey, inputs: Inputs): StoredSession | undefined;
  /** Stores it, or says once on stderr why it can't be stored. */
  write(entry: StoredSession): void;
  drop(key: CacheKey): void;
  /** Removes what ended long ago: nobody asks for it any more, and it is a secret all the same. */
  sweep(): void;
  /** Every believable entry, expired ones left out. */
  all(): readonly StoredSession[];
  /** Why sessions are not kept where the settings say, as a sentence; asks. Undefined: they are. */
  trouble(): string | undefined;
  /** Forgets everything, the remembered facts included; gives the number of sessions. */
  clear(): number;
  /** Small facts beside the sessions: a role's longest duration, an MFA code that was spent. Never a secret. */
  recall(fact: string): Inputs | undefined;
  /** Says once on stderr why nothing can be stored, unless `silently`. */
  remember(fact: string, value: Inputs, how?: 'silently'): void;
  forget(fact: string): void;
}

/** Who holds a lock, for people and for the choice of how long to wait. */
export interface Holder {
  readonly pid: number;
  readonly doing: 'fetching' | 'asking';
  /** Stopped (Ctrl-Z): it will not end by itself. */
  readonly stopped: boolean;
}

export interface Lock {
  /** Tells those who wait what we do now: `asking` takes as long as a person needs. */
  doing(what: Holder['doing']): void;
  release(): void;
}

export interface Locks {
  /**
   * One holder a name among all processes of this machine. `undefined` when somebody else holds it; the holder is
   * then told by `holder`. Where locks can't be had at all (a read-only home), gives a lock that locks nothing.
   */
  tryAcquire(name: string): Lock | undefined;
  /** The living holder of it, if there is one. */
  holder(name: string): Holder | undefined;
  /** Removes what killed holders have left, as far as nobody holds it now. */
  sweep(): void;
}

export interface Sts {
  getSessionToken(signer: Session, step: GetSessionTokenStep, code: MfaCode | undefined): Promise<Session>;
  assumeRole(signer: Session, step: AssumeRoleStep, code: MfaCode | undefined): Promise<Session>;
  assumeRoleWithWebIdentity(step: WebIdentityStep, token: string): Promise<Session>;
  getCallerIdentity(signer: Session, target: StsTarget): Promise<CallerIdentity>;
  /** A session of a user by long-lived keys, with what both the user and the managed policy allow. */
  getFederationToken(
    signer: Session,
    target: StsTarget,
    wish: { readonly name: string; readonly policyArn: string; readonly seconds: number },
  ): Promise<Session>;
}

/** A role as IAM lists it. */
export interface ListedRole {
  readonly arn: string;
  readonly name: string;
  /** Its trust policy, parsed; undefined where that is no JSON. */
  readonly trust: unknown;
  /** Seconds. */
  readonly maxSessionSeconds: number;
}

/** IAM, as far as it is asked. Throws `StsRefusal`, as STS does. */
export interface Iam {
  /** Every role of the signer's account, all pages. */
  listRoles(signer: Session, target: StsTarget): Promise<readonly ListedRole[]>;
  /** The serials of the signing user's own MFA devices, of all kinds. */
  listMfaDevices(signer: Session, target: StsTarget): Promise<readonly string[]>;
  putRolePolicy(
    signer: Session,
    target: StsTarget,
    policy: { readonly roleName: string; readonly policyName: string; readonly document: string },
  ): Promise<void>;
}

/** The console's federation endpoint. */
export interface Signin {
  /**
   * A sign-in token for a session. Throws `StsRefusal`; when it answered no, its code is `HttpNNN`.
   * @param way where the secrets stand: in the request's body, or in its URL.
   */
  signinToken(wish: {
    readonly endpoint: string;
    readonly session: Session;
    /** Seconds of the console session; undefined: as AWS likes. */
    readonly seconds: number | undefined;
    readonly way: 'POST' | 'GET';
    readonly target: StsTarget;
  }): Promise<string>;
}

export interface CallerIdentity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

/**
 * STS's answer when it refuses. `code` is its own error code (`AccessDenied`, `ExpiredToken`…), `text` its own
 * message, not yet escaped. `network`: nothing answered; then `reached` says whether the request may have arrived.
 */
export class StsRefusal extends Error {
  override readonly name = 'StsRefusal';
  constructor(
    readonly code: string,
    readonly text: string,
    readonly reached: boolean,
    /** Milliseconds that AWS's clock is ahead of this machine's, when AWS said so. */
    readonly clockOffset?: number,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${text}`, options);
  }
}

/** How an MFA code is come by: the flag, a command, a person. */
export interface MfaQuestion {
  readonly serial: MfaSerial;
  readonly profile: ProfileName;
  /** Why it is asked again, in one line. */
  readonly again?: string;
}

export interface MfaPrompt {
  /** Whether there is a terminal to ask at. */
  readonly possible: boolean;
  /** What was typed, trimmed. Throws `cancelled` on Ctrl-C and at the end of input. */
  ask(question: MfaQuestion): Promise<string>;
}
