import { describe, expect, it } from 'vitest';
import { emission } from '../../src/core/emission';
import { INIT_SHELLS, shellNamed } from '../../src/shells';
import { isBourne } from '../../src/shells/bourne';
import { posix } from '../../src/shells/posix';
import { hostileValues } from './hostile';

const NAMES = [...INIT_SHELLS, 'dash', 'ksh', 'mksh', 'posix', 'pwsh', 'nu', 'ash', 'yash', 'tcsh', 'env'];
const STRANGE = ['', ' bash', 'BASH', 'bash\n', '__proto__', 'constructor', 'toString', '0', 'length'];

/** What a shell might render otherwise: values of every kind, names that no shell holds, unsets. */
const all = emission([
  { op: 'unset', name: 'AWS_PROFILE' },
  { op: 'unset', name: 'AWSUME_$(touch x)' },
  ...hostileValues(200, 7)
    .filter((value) => !/[\0\r\n]/.test(value))
    .map((value) => ({ op: 'set', name: 'AWS_SESSION_TOKEN', value }) as const),
]);

describe('a shell of Bourne\u2019s line', () => {
  it.each([...NAMES, ...STRANGE])(
    '%j is one exactly where it is known and takes what posix renders',
    (name) => {
      const shell = shellNamed(name);
      expect(isBourne(name)).toBe(shell?.render(all) === posix.render(all));
    },
  );

  it('is one of seven names', () => {
    expect([...NAMES, ...STRANGE].filter(isBourne)).toEqual([
      'bash',
      'zsh',
      'sh',
      'dash',
      'ksh',
      'mksh',
      'posix',
    ]);
  });
});
