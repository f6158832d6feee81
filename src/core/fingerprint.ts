import { checksum } from './checksum';
import { isCacheKey, type CacheKey } from './names';
import type { Inputs } from './ports';

/** Raised whenever the meaning of an entry changes, so that no entry is read by other rules than it was written by. */
const FORMAT = 2;

/** JSON with sorted names: the same inputs give the same text, in whatever order they were put together. */
export function canonical(value: Inputs[string]): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: Inputs[string]) => canonical(item)).join(',')}]`;
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]: [string, Inputs[string]]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}

/**
 * The cache key of a step: 128 bits over everything that decides its answer. They only name the file: it holds the
 * inputs themselves, and they are compared, so that two steps which met would fetch more often, and never take the
 * other's session.
 */
export function fingerprint(inputs: Inputs): CacheKey {
  const text = canonical({ format: FORMAT, inputs });
  const key = checksum(text) + checksum(text, 1);
  if (!isCacheKey(key)) throw new TypeError('the key is not 32 hex digits');
  return key;
}
