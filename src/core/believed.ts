/** The machine's own count of time, which setting the clock does not touch. */
export interface Uptime {
  readonly host: string;
  /** Milliseconds since this machine booted. */
  readonly milliseconds: number;
}

/** When a stored session may be taken for alive. Times are milliseconds since the epoch. */
export interface Believed {
  readonly from: number;
  readonly until: number;
  /** The machine that stored it, and what its count of time must not have reached. */
  readonly uptime: Uptime;
}

/** @param now milliseconds since the epoch. */
export const isBelieved = ({ from, until, uptime }: Believed, now: number, up: Uptime): boolean =>
  now >= from && now < until && (uptime.host !== up.host || up.milliseconds < uptime.milliseconds);
