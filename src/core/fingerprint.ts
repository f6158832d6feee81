import { isCacheKey, type CacheKey } from './names';
import type { Inputs } from './ports';
import { sha256Hex } from './sha256';

/** Raised whenever the meaning of an entry changes, so that no entry is read by other rules than it was written by. */
const FORMAT = 1;

/** JSON with sorted names: the same inputs give the same text, in whatever order they were put together. */
export function canonical(value: Inputs[string]): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Inputs[string]) => canonical(item)).join(',')}]`;
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]: [string, Inputs[string]]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}

/** The cache key of a step: SHA-256 over everything that decides its answer. */
export function fingerprint(inputs: Inputs): CacheKey {
  const hash = sha256Hex(canonical({ format: FORMAT, inputs }));
  if (!isCacheKey(hash)) throw new TypeError('SHA-256 gave something else than 64 hex digits');
  return hash;
}
