import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** What an OpenID Connect token says. */
export interface WebIdentity {
  /** The issuer without `https://`: `token.actions.example.com`. */
  readonly provider: string;
  readonly subject: string;
  readonly audience: string;
  /** Milliseconds UTC. */
  readonly expiresAt: number;
}

/** The tokens a provider gave out. A token is believed because it is remembered, not because of its signature. */
export class WebIdentities {
  readonly #issued = new Map<string, WebIdentity>();

  /** A token of the shape of a JWT. */
  issue(identity: WebIdentity): string {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = part({ alg: 'RS256', typ: 'JWT' });
    const body = part({
      iss: `https://${identity.provider}`,
      sub: identity.subject,
      aud: identity.audience,
      exp: Math.floor(identity.expiresAt / 1000),
      jti: randomUUID(),
    });
    const token = `${head}.${body}.${randomBytes(64).toString('base64url')}`;
    this.#issued.set(digest(token), identity);
    return token;
  }

  find(token: string): WebIdentity | undefined {
    return this.#issued.get(digest(token));
  }
}

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');
