/** The optimal string alignment distance: inserts, deletes, changes, and swaps of neighbours; `limit` + 1 when beyond. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    before = last;
    last = row;
  }
  return Math.min(last[b.length] ?? limit + 1, limit + 1);
}

/** At most three names that `wanted` may have been meant as, the likeliest first. */
export function nearest<T extends string>(wanted: string, names: readonly T[]): readonly T[] {
  const low = wanted.toLowerCase();
  const limit = Math.max(1, Math.min(3, Math.floor(wanted.length / 3)));
  const ranked = names.flatMap((name) => {
    const other = name.toLowerCase();
    const distance = editDistance(low, other, limit);
    if (distance <= limit) return [{ name, rank: distance }];
    const related = low.length >= 3 && (other.includes(low) || (other.length >= 3 && low.includes(other)));
    return related ? [{ name, rank: limit + 1 }] : [];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}
