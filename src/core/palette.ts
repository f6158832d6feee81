type Paint = (text: string) => string;

/** Ways to show that a piece of text matters. Apply them after `printable`, which would spell the colours out. */
export interface Palette {
  readonly good: Paint;
  readonly warning: Paint;
  readonly bad: Paint;
  readonly faint: Paint;
  readonly strong: Paint;
}

const asItIs: Paint = (text) => text;

/** No colours. */
export const plain: Palette = { good: asItIs, warning: asItIs, bad: asItIs, faint: asItIs, strong: asItIs };
