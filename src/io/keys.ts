import { PassThrough } from 'node:stream';

/** What a person asks for with a control key. In raw mode the kernel no longer does these: they arrive as bytes. */
export type ControlKey = 'interrupt' | 'end' | 'quit' | 'suspend';

const CONTROL_KEYS: ReadonlyMap<number, ControlKey> = new Map([
  [0x03, 'interrupt'],
  [0x04, 'end'],
  [0x1c, 'quit'],
  [0x1a, 'suspend'],
]);

const TAB = 0x09;
const isEnter = (byte: number): boolean => byte === 0x0a || byte === 0x0d;

/**
 * What is typed, without the control keys, for a line editor to read; a control key goes to `pressed` at once.
 * It is no terminal itself, so that the line editor leaves the terminal's modes to us. TAB is left out: it has no
 * meaning in any of our questions.
 */
export class TypedKeys extends PassThrough {
  readonly #waiting: Buffer[] = [];

  constructor(private readonly pressed: (key: ControlKey) => void) {
    super();
  }

  /** Takes what the terminal gave. */
  receive(bytes: Buffer): void {
    let start = 0;
    bytes.forEach((byte, at) => {
      const key = CONTROL_KEYS.get(byte);
      if (key === undefined && byte !== TAB && !isEnter(byte)) return;
      if (at > start) this.#deliver(bytes.subarray(start, at));
      start = at + 1;
      if (isEnter(byte)) this.#deliver(bytes.subarray(at, start));
      else if (key !== undefined) this.pressed(key);
    });
    if (bytes.length > start) this.#deliver(bytes.subarray(start));
  }

  /**
   * One piece a turn of the loop: who types ahead, or pastes, sends a name and Enter at once, and Enter must find what
   * the name before it has led to, not what was there before.
   */
  #deliver(piece: Buffer): void {
    this.#waiting.push(piece);
    if (this.#waiting.length > 1) return;
    const next = (): void => {
      if (this.destroyed) return;
      const [first] = this.#waiting;
      if (first === undefined) return;
      this.write(first);
      setImmediate(() => {
        this.#waiting.shift();
        next();
      });
    };
    next();
  }
}
