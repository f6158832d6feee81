import { printable } from './printable';

/**
 * Columns as wide as their widest cell, the last one cut to the width there is.
 * @param width characters to a line; undefined: as long as it takes.
 */
export function table(rows: readonly (readonly string[])[], width: number | undefined): string {
  const clean = rows.map((row) => row.map((cell) => printable(cell)));
  const widths: number[] = [];
  for (const row of clean)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return clean
    .map((row) => {
      const line = row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd();
      return width !== undefined && line.length > width ? `${line.slice(0, Math.max(1, width - 1))}…` : line;
    })
    .join('\n')
    .concat('\n');
}
