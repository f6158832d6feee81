import { PassThrough } from 'node:stream';

/** What a person asks for with a control key. In raw mode the kernel no longer does these: they arrive as bytes. */
export type ControlKey = 'interrupt' | 'end' | 'quit' | 'suspend';

const CONTROL_KEYS: ReadonlyMap<number, ControlKey> = new Map([
  [0x03, 'interrupt'],
  [0x04, 'end'],
  [0x1c, 'quit'],
  [0x1a, 'suspend'],
]);

/**
 * What is typed, without the control keys, for a line editor to read; a control key goes to `pressed` at once.
 * It is no terminal itself, so that the line editor leaves the terminal's modes to us.
 */
export class TypedKeys extends PassThrough {
  constructor(private readonly pressed: (key: ControlKey) => void) {
    super();
  }

  /** Takes what the terminal gave. */
  receive(bytes: Buffer): void {
    let start = 0;
    bytes.forEach((byte, at) => {
      const key = CONTROL_KEYS.get(byte);
      if (key === undefined) return;
      if (at > start) this.write(bytes.subarray(start, at));
      start = at + 1;
      this.pressed(key);
    });
    if (bytes.length > start) this.write(bytes.subarray(start));
  }
}
