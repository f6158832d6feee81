import { describe, expect, it } from 'vitest';
import { shortLine } from '../../src/cli/short-line';

const line = (profile: string, format?: string, minTtlSeconds = 300): unknown => ({
  profile,
  format,
  minTtlSeconds,
});

describe('a line that needs no parser', () => {
  it.each<[readonly string[], unknown]>([
    [['reader'], line('reader')],
    [['export', 'reader'], line('reader', 'env')],
    [['export', '--format', 'process', 'reader'], line('reader', 'process')],
    [['export', 'reader', '--format', 'json'], line('reader', 'json')],
    [['export', '--format=process', '--min-ttl=900', '--', 'reader'], line('reader', 'process', 900)],
    [['export', '--format=json', '--format', 'env', 'reader'], line('reader', 'env')],
    [['export', '--', '-odd'], line('-odd', 'env')],
    [['export', '--', '--format'], line('--format', 'env')],
    [['export', 'export'], line('export', 'env')],
    [['export', 'a=b'], line('a=b', 'env')],
  ])('%j', (argv, expected) => {
    expect(shortLine(argv)).toEqual(expected);
  });

  it.each<[readonly string[]]>([
    [[]],
    [['export']],
    [['export', '']],
    [['export', '--']],
    [['export', '--format', 'json']],
    [['export', '--format']],
    [['export', '--format', 'fish', 'reader']],
    [['export', '--format=', 'reader']],
    [['export', '--format=JSON', 'reader']],
    [['export', '--min-ttl', '900', 'reader']],
    [['export', '--min-ttl=15m', 'reader']],
    [['export', '--min-ttl=', 'reader']],
    [['export', '--min-ttl=1234567890', 'reader']],
    [['export', 'reader', 'other']],
    [['export', 'reader', '--', 'other']],
    [['export', '-r', 'reader']],
    [['export', '--region=x', 'reader']],
    [['export', '--output', 'file', 'reader']],
    [['export', '--debug', 'reader']],
    [['export', '-odd']],
    [['--debug', 'export', 'reader']],
    [['exec', 'reader']],
    [['reader', '-r']],
    [['list']],
  ])('%j is none', (argv) => {
    expect(shortLine(argv)).toBeUndefined();
  });
});
