const REDACTED = '[secret]';
/** What `util.inspect` and `console.log` look for, without importing `node:util`. */
const inspect = Symbol.for('nodejs.util.inspect.custom');

/** A string that shows itself only to who asks for it by name: logged, printed or serialised it is `[secret]`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect](): string {
    return REDACTED;
  }
}
