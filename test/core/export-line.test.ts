import { describe, expect, it } from 'vitest';
import { exportLine } from '../../src/cli/export-line';

const line = (profile: string, format: string, minTtlSeconds = 300): unknown => ({
  profile,
  format,
  minTtlSeconds,
});

describe('an export that needs no parser', () => {
  it.each<[readonly string[], unknown]>([
    [['reader'], line('reader', 'env')],
    [['--format', 'process', 'reader'], line('reader', 'process')],
    [['reader', '--format', 'json'], line('reader', 'json')],
    [['--format=process', '--min-ttl=900', '--', 'reader'], line('reader', 'process', 900)],
    [['--format=json', '--format', 'env', 'reader'], line('reader', 'env')],
    [['--', '-odd'], line('-odd', 'env')],
    [['--', '--format'], line('--format', 'env')],
    [['export'], line('export', 'env')],
    [['a=b'], line('a=b', 'env')],
  ])('%j', (argv, expected) => {
    expect(exportLine(argv)).toEqual(expected);
  });

  it.each<[readonly string[]]>([
    [[]],
    [['']],
    [['--']],
    [['--format', 'json']],
    [['--format']],
    [['--format', 'fish', 'reader']],
    [['--format=', 'reader']],
    [['--format=JSON', 'reader']],
    [['--min-ttl', '900', 'reader']],
    [['--min-ttl=15m', 'reader']],
    [['--min-ttl=', 'reader']],
    [['--min-ttl=1234567890', 'reader']],
    [['reader', 'other']],
    [['reader', '--', 'other']],
    [['-r', 'reader']],
    [['--region=x', 'reader']],
    [['--output', 'file', 'reader']],
    [['--debug', 'reader']],
    [['-odd']],
  ])('%j is none', (argv) => {
    expect(exportLine(argv)).toBeUndefined();
  });
});
