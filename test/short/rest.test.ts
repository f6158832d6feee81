import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard, program } from '../io/pty';
import { quoted, RUNTIME } from '../support/program';

const SOURCE = `
  import { finish } from './src/short/rest';
  const [, , ...left] = process.argv;
  finish(left.map((each) => {
    const [fd, written, text] = each.split(':');
    return { fd: Number(fd), written: Number(written), text: text.replace('MANY', 'é'.repeat(100000)) };
  }));
`;
let file = '';
beforeAll(() => {
  file = program(SOURCE);
});
afterAll(() => discard(file));

/** What is left, as `fd:bytes written:text`, and where the streams lead. */
function finish(left: readonly string[], streams = ''): ReturnType<typeof spawnSync> & { stdout: string } {
  const words = left.map((each) => `'${each}'`).join(' ');
  return spawnSync('sh', ['-c', `${quoted([...RUNTIME, file])} ${words} ${streams}`], { encoding: 'utf8' });
}

describe('what one write did not take', () => {
  it.each([
    [0, 'aébc'],
    [1, 'ébc'],
    [3, 'bc'],
    [5, ''],
  ])('goes on at the byte: %i', (written, rest) => {
    expect(finish([`1:${String(written)}:aébc`]).stdout).toBe(rest);
  });

  it('goes out whole, to both streams, in order', () => {
    const { status, stdout, stderr } = finish(['1:2:MANYend', '2:3:until now']);
    expect([status, stdout.length, stdout.endsWith('éend'), stderr]).toEqual([0, 100_002, true, 'il now']);
  });

  it('is an error where stdout takes no more, told in one line', () => {
    const { status, stderr } = finish(['1:1:abc', '2:0:until now'], '>/dev/full');
    expect([status, stderr]).toEqual([
      1,
      'tsawsume: the output could not be written (ENOSPC: no space left on the device)\nlook at where stdout leads to\n',
    ]);
  });

  it.each(['2>/dev/full', '2>&-'])('is none where nobody can be told: %s', (streams) => {
    const { status, stdout } = finish(['1:0:abc', '2:0:until now'], streams);
    expect([status, stdout]).toEqual([0, 'abc']);
  });
});
