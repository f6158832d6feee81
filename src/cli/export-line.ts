import { SHORT_FORMATS, type ExportLine } from '../commands/short-export';
import { MIN_TTL_SECONDS } from '../core/request';

/**
 * `export` with a profile, and no more than a format and what must be left.
 * @param words behind the verb.
 * @returns undefined for every line that says more than this, or says it otherwise.
 */
export function exportLine(words: readonly string[]): ExportLine | undefined {
  let format = 'env';
  let minTtlSeconds = MIN_TTL_SECONDS;
  const profiles: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, flag, value = ''] = /^(--format|--min-ttl)=(.*)$/s.exec(word) ?? [];
    if (word === '--') {
      profiles.push(...words.slice(at + 1));
      break;
    }
    if (flag === '--format') format = value;
    else if (flag === '--min-ttl' && /^\d{1,9}$/.test(value)) minTtlSeconds = Number(value);
    else if (word === '--format') format = words[(at += 1)] ?? '';
    else if (word.startsWith('-')) return undefined;
    else profiles.push(word);
  }
  const [profile = '', ...more] = profiles;
  const known = SHORT_FORMATS.find((name) => name === format);
  return known === undefined || profile === '' || more.length > 0
    ? undefined
    : { profile, format: known, minTtlSeconds };
}
