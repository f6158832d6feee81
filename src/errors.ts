/**
 * What can go wrong, by kind, and the exit code of each. The one table: everything that fails throws a
 * `TsawsumeError`, and `main` alone turns it into a message and a code.
 */
export type ErrorKind = 'refused' | 'usage' | 'profile' | 'needs-person' | 'cancelled';

export const EXIT_CODES: Readonly<Record<ErrorKind, number>> = {
  /** AWS, the network or this machine refused. */
  refused: 1,
  /** The command line is not one we know. */
  usage: 2,
  /** A profile or a file is wrong. */
  profile: 3,
  /** A code or a login is needed, and there is nobody here to ask. */
  'needs-person': 4,
  /** The person at the terminal said no. */
  cancelled: 130,
};

/**
 * A failure that a person can act on. `message` is one line that says what is wrong and where (the profile, and
 * file:line where a file is to blame); `hint` is one line that says what to do. Neither ever holds a secret.
 */
export class TsawsumeError extends Error {
  override readonly name = 'TsawsumeError';

  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  get exitCode(): number {
    return EXIT_CODES[this.kind];
  }
}

export const refused = (message: string, hint?: string, options?: ErrorOptions): TsawsumeError =>
  new TsawsumeError('refused', message, hint, options);
export const usage = (message: string, hint?: string): TsawsumeError =>
  new TsawsumeError('usage', message, hint);
export const badProfile = (message: string, hint?: string): TsawsumeError =>
  new TsawsumeError('profile', message, hint);
export const needsPerson = (message: string, hint?: string): TsawsumeError =>
  new TsawsumeError('needs-person', message, hint);
export const cancelled = (message: string): TsawsumeError => new TsawsumeError('cancelled', message);
