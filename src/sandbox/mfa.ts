import { timingSafeEqual } from 'node:crypto';

import { Secret, TOTP } from 'otpauth';

/** Seconds a code is shown for (RFC 6238's default, and what AWS's virtual devices use). */
const PERIOD = 30;
const PERIOD_MS = PERIOD * 1000;

/**
 * The code a virtual MFA device shows: RFC 6238 with SHA-1, six digits, 30 seconds.
 * @param secret base32. @param now milliseconds UTC.
 */
export const totpCode = (secret: string, now: number): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), period: PERIOD, timestamp: now });

/** Whole seconds until the next code, 1 to 30. @param now milliseconds UTC. */
export const totpSecondsLeft = (now: number): number => PERIOD - (Math.floor(now / 1000) % PERIOD);

/** A code, and until when it is the one to type. */
export interface ShownCode {
  /** Undefined: every code that would be taken now is spent. */
  readonly code: string | undefined;
  /** Milliseconds UTC: from then on there is another. */
  readonly until: number;
}

/** An MFA device as AWS treats it: the step before and after count too, and each step's code is taken once. */
export class MfaDevice {
  readonly #spent = new Set<number>();

  constructor(
    readonly serial: string,
    readonly secret: string,
    private readonly onSpent: () => void = () => undefined,
  ) {}

  /**
   * Whether the code is right now, and not spent yet. Gives a function that spends it, so that the caller decides
   * when; undefined for a wrong or spent code. @param now milliseconds UTC.
   */
  check(code: string, now: number): (() => void) | undefined {
    const step = this.#openSteps(now).find((open) => same(totpCode(this.secret, open * PERIOD_MS), code));
    if (step === undefined) return undefined;
    return () => {
      this.#spent.add(step);
      this.onSpent();
    };
  }

  /** A code that would be taken now, the current one before its neighbours; undefined when all three are spent. */
  freshCode(now: number): string | undefined {
    return this.show(now).code;
  }

  /** The same, with the time until when it is the one to type. @param now milliseconds UTC. */
  show(now: number): ShownCode {
    const current = Math.floor(now / PERIOD_MS);
    const [step] = this.#openSteps(now);
    const code = step === undefined ? undefined : totpCode(this.secret, step * PERIOD_MS);
    return { code, until: (Math.max(step ?? current, current) + 1) * PERIOD_MS };
  }

  #openSteps(now: number): readonly number[] {
    const current = Math.floor(now / PERIOD_MS);
    return [current, current + 1, current - 1].filter((step) => !this.#spent.has(step));
  }
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
