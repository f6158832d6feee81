import { printable } from './printable';
import { cutTo, padTo, widthOf } from './width';

/** Dresses a cell up (a colour), without changing its width. `column` counts from 0; row 0 is the first. */
export type PaintCell = (text: string, row: number, column: number) => string;

const GAP = '  ';
/** Columns of characters that a cell keeps, however narrow the terminal. */
const NARROWEST = 6;

/**
 * Columns as wide as their widest cell, the widest ones cut until a row fits. A row with fewer cells than the first
 * ends in a remark, which takes the rest of the line.
 * @param width columns to a line; undefined: as long as it takes.
 */
export function table(
  rows: readonly (readonly string[])[],
  width: number | undefined,
  paint: PaintCell = (text) => text,
): string {
  const clean = rows.map((row) => row.map((cell) => printable(cell)));
  const columns = clean[0]?.length ?? 0;
  const widths = fitted(naturalWidths(clean, columns), width);
  return clean
    .map((row, at) => `${line(row, columns, widths, width, (text, column) => paint(text, at, column))}\n`)
    .join('');
}

function line(
  row: readonly string[],
  columns: number,
  widths: readonly number[],
  width: number | undefined,
  paint: (text: string, column: number) => string,
): string {
  let used = 0;
  const cells = row.map((cell, column) => {
    const isLast = column === row.length - 1;
    const room = isRemark(row, columns, column)
      ? Math.max(1, (width ?? Infinity) - used)
      : (widths[column] ?? 0);
    used += room + GAP.length;
    const text = cutTo(cell, room);
    // Nothing follows the last cell, so nothing is to be lined up.
    return paint(isLast ? text : padTo(text, room), column);
  });
  return cells.join(GAP).trimEnd();
}

const isRemark = (row: readonly string[], columns: number, column: number): boolean =>
  row.length < columns && column === row.length - 1;

function naturalWidths(rows: readonly (readonly string[])[], columns: number): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      if (!isRemark(row, columns, column)) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
  }
  return widths;
}

/** Takes columns from the widest cell, one by one, until a row fits or nothing can be taken any more. */
function fitted(widths: number[], width: number | undefined): readonly number[] {
  if (width === undefined) return widths;
  let excess = widths.reduce((sum, one) => sum + one, 0) + GAP.length * (widths.length - 1) - width;
  for (; excess > 0; excess -= 1) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return widths;
}
