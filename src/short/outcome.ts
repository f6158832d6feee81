/** What a short run wrote in part, or not at all: of the stream a text belongs to, how many bytes went out. */
export interface Unwritten {
  readonly fd: 1 | 2;
  readonly text: string;
  readonly written: number;
}

/** How a try of a short run ends: nothing was done; all was; or there is something left to write. */
export type Outcome = 'not taken' | 'over' | readonly Unwritten[];
