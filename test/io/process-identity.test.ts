import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIdentity, judge, judgeByPs, ownIdentity, parseIdentity } from '../../src/io/process-identity';
import type { ProcessIdentity } from '../../src/io/process-identity';
import { program, start } from './program';
import { ended, run } from './support';

const own = ownIdentity();
const hasPs = run('ps', ['-o', 'lstart=,state=', '-p', String(process.pid)]).code === 0;
const seconds = (uptime: number): number => Math.round(Date.now() / 1000 - uptime);

/** A process that says who it is, under a name made to be misread. */
async function other(): Promise<{ child: ChildProcess; identity: ProcessIdentity }> {
  const child = start(
    program(
      `import { formatIdentity, ownIdentity } from '@src/io/process-identity';
       process.title = 'a) Z 1 (b';
       process.stdout.write(formatIdentity(ownIdentity()));
       setInterval(() => {}, 1000);`,
    ),
  );
  const text = String(await new Promise((resolve) => child.stdout?.once('data', resolve)));
  const identity = parseIdentity(text);
  if (!identity) throw new Error(`not an identity: ${text}`);
  return { child, identity };
}

async function until(wanted: string, judged: () => string): Promise<void> {
  await expect.poll(judged, { timeout: 3000, interval: 10 }).toBe(wanted);
}

test('what is written is read back, and nothing else is', () => {
  expect(parseIdentity(formatIdentity(own))).toEqual(own);
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseIdentity(text)).toBeUndefined();
    }),
  );
  for (const text of [
    '',
    '-1-2-abc',
    formatIdentity({ ...own, pid: 0 }),
    `${formatIdentity(own)}\n`,
    ` ${formatIdentity(own)}`,
  ]) {
    expect(parseIdentity(text)).toBeUndefined();
  }
});

describe.skipIf(process.platform !== 'linux')('by /proc', () => {
  test('alive, stopped, going on, killed', async () => {
    const { child, identity } = await other();
    expect(judge(identity)).toBe('alive');
    expect(judge({ ...identity, start: identity.start + 1 })).toBe('dead');
    child.kill('SIGSTOP');
    await until('stopped', () => judge(identity));
    child.kill('SIGCONT');
    await until('alive', () => judge(identity));
    child.kill('SIGKILL');
    await until('dead', () => judge(identity));
    await ended(child);
  });

  test('a zombie is dead', async () => {
    // sh starts a child, becomes sleep, and never looks after it.
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 5'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = Number(String(await new Promise((resolve) => parent.stdout.once('data', resolve))));
    await until('Z', () => run('ps', ['-o', 'state=', '-p', String(pid)]).out.trim());
    const begun = Number(
      readFileSync(`/proc/${String(pid)}/stat`, 'latin1')
        .split(') ')[1]
        ?.split(' ')[19],
    );
    expect(judge({ ...own, pid, start: begun })).toBe('dead');
    if (hasPs) expect(judgeByPs({ ...own, pid, start: seconds(0) })).toBe('dead');
    parent.kill('SIGKILL');
  });

  test('another boot is dead, elsewhere is unknown', () => {
    expect(judge({ ...own, boot: 'abc' })).toBe('dead');
    expect(judge({ ...own, boot: 'abc', host: '0123456789ab' })).toBe('unknown');
    expect(judge({ ...own, space: '1' })).toBe('unknown');
    // A container may have a host name of its own, and share the rest.
    expect(judge({ ...own, host: '0123456789ab' })).toBe('alive');
  });
});

test.skipIf(!hasPs)('by ps, for systems without /proc', async () => {
  const { child, identity } = await other();
  const at = { ...identity, boot: '0', space: '0', start: seconds(0) };
  expect(judgeByPs(at)).toBe('alive');
  expect(judgeByPs({ ...at, start: at.start - 3600 })).toBe('dead');
  child.kill('SIGSTOP');
  await until('stopped', () => judgeByPs(at));
  child.kill('SIGKILL');
  await until('dead', () => judgeByPs(at));
  await ended(child);
});
