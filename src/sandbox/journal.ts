/** One request, as it was received and what became of it. */
export interface Call {
  /** Counts from 1. */
  readonly id: number;
  /** When it came in, milliseconds UTC by the sandbox's clock. */
  readonly at: number;
  readonly action: string;
  /** `GET` or `POST`: whether what was sent stood in the URL. */
  readonly method: string;
  /** Everything that was sent, `Action` and `Version` too, and MFA codes: it is a toy's journal. */
  readonly params: Readonly<Record<string, string>>;
  /** From the Authorization header, as claimed; absent for unsigned requests. */
  readonly accessKeyId?: string;
  readonly region?: string;
  readonly userAgent?: string;
  /** `pending` while it is worked on; then `ok`, or AWS's error code; `fault` when a fault answered instead. */
  readonly outcome: string;
  /** The HTTP status that was sent; absent while pending, and when nothing is ever sent. */
  readonly status?: number;
  /** What the fault hook did to it. */
  readonly fault?: string;
}

export type Beginning = Omit<Call, 'id' | 'outcome' | 'status' | 'fault'>;
export type Ending = Partial<Pick<Call, 'outcome' | 'status' | 'fault'>>;

/** A sandbox that runs for weeks forgets its oldest calls. */
const MOST = 10_000;

/** Every call, in the order of arrival. */
export class Journal {
  readonly #calls = new Map<number, Call>();
  readonly #waiting = new Set<() => void>();
  #last = 0;

  get calls(): readonly Call[] {
    return [...this.#calls.values()];
  }

  /** How many calls came in, of all actions or of one, since the last `clear`. */
  count(action?: string): number {
    return this.calls.filter((call) => action === undefined || call.action === action).length;
  }

  clear(): void {
    this.#calls.clear();
  }

  /** Resolves as soon as that many calls have arrived (they may still be pending). Wait no longer than your test does. */
  async arrived(count: number, action?: string): Promise<void> {
    while (this.count(action) < count) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  begin(beginning: Beginning): Call {
    this.#last += 1;
    const call: Call = { ...beginning, id: this.#last, outcome: 'pending' };
    this.#calls.set(call.id, call);
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > MOST && oldest !== undefined) this.#calls.delete(oldest);
    this.#changed();
    return call;
  }

  end(id: number, ending: Ending): void {
    const call = this.#calls.get(id);
    if (call !== undefined) this.#calls.set(id, { ...call, ...ending });
  }

  #changed(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
