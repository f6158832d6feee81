/**
 * How far a fuzz goes: all of it by `npm run fuzz`, with a new seed each time; elsewhere a tenth, the same on every run.
 */
export const FUZZ = process.env['TSAWSUME_FUZZ'] === 'all';
export const SEED = Number(process.env['TSAWSUME_SEED'] ?? (FUZZ ? Date.now() % 2 ** 31 : 20_260_101));

/** @param all how many `npm run fuzz` makes. */
export function share(all: number): number {
  const count = FUZZ ? all : all / 10;
  console.log(`${count} of ${all}, TSAWSUME_SEED=${SEED}`);
  return count;
}
