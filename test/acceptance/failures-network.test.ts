import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  firstCalls,
  hang,
  huge,
  junkXml,
  redirect,
  refusal,
  reset,
  serverError,
  throttled,
  type Fault,
} from '../../src/sandbox/faults';
import { Home, run, PROGRAM, type Result, type World } from '../support/harness';
import { keysOf, openWorld, secretsOf } from '../support/open-company';

/** What a network does. Bounds are those of the contract: 3 s to connect, 10 s for an answer, 3 tries, 4 calls. */
let world: World;
const homes: Home[] = [];
beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => {
  world.sandbox.setFault(undefined);
  world.sandbox.journal.clear();
  for (const home of homes.splice(0)) home.remove();
});
afterAll(() => world.close());

const ROLE = 'arn:aws:iam::111122223333:role/hop';

/** A role in a HOME of its own, so that nothing is stored. */
async function assume(more: Readonly<Record<string, string>> = {}): Promise<Result & { seconds: number }> {
  const home = new Home(
    `[profile bot]\n[profile x]\nrole_arn = ${ROLE}\nsource_profile = bot\n`,
    `[bot]\n${keysOf(world, 'bot')}`,
  );
  homes.push(home);
  const since = performance.now();
  const result = await run([...PROGRAM, 'export', 'x'], { env: { ...world.env, HOME: home.path, ...more } });
  return { ...result, seconds: (performance.now() - since) / 1000 };
}

function refusedInTwoLines({ code, stdout, stderr }: Result, words: RegExp): void {
  expect([code, stdout]).toEqual([1, '']);
  const lines = stderr.trim().split('\n');
  const told = lines.slice(lines.findIndex((line) => words.test(line)));
  expect(told[0]).toMatch(words);
  expect(told[0]).toMatch(/^tsawsume: AssumeRole of \S+ for profile "x"/);
  expect(told).toHaveLength(2);
  expect(stderr).not.toMatch(/\n\s+at |something went wrong/);
  for (const secret of secretsOf(world)) expect(stderr).not.toContain(secret);
}

const THEN_FINE: readonly [string, Fault, number, number][] = [
  ['one 500', serverError(), 1, 2],
  ['three 503s', serverError(503), 3, 4],
  ['throttling, with Retry-After 1', throttled('1'), 1, 2],
  ['throttling, with junk in Retry-After', throttled('soon'), 2, 3],
  ['two resets', reset(), 2, 3],
];
const NEVER_FINE: readonly [string, Fault, number, RegExp][] = [
  ['500 for ever', serverError(), 4, /InternalFailure/],
  ['throttling for ever', throttled(), 4, /Throttling: Rate exceeded/],
  ['throttling, with Retry-After 3600', throttled('3600'), 1, /Throttling/],
  ['reset for ever', reset(), 3, /the connection was cut/],
  ['XML that breaks off', junkXml(), 1, /refused: InvalidResponse: /],
  ['10 MB of nothing', huge(10_000_000), 1, /refused: InvalidResponse: /],
  ['a redirect', redirect('http://127.0.0.1:9/'), 1, /refused: InvalidResponse: HTTP 302/],
  ['AccessDenied', refusal(403, 'AccessDenied', 'no'), 1, /refused: AccessDenied: no/],
  ['ExpiredToken of keys that are not stored', refusal(403, 'ExpiredToken', 'old'), 1, /ExpiredToken: old/],
  ['InvalidClientTokenId', refusal(403, 'InvalidClientTokenId', 'who?'), 1, /InvalidClientTokenId: who\?/],
  ['SignatureDoesNotMatch', refusal(403, 'SignatureDoesNotMatch', 'no'), 1, /SignatureDoesNotMatch/],
  ['RegionDisabledException', refusal(403, 'RegionDisabledException', 'off'), 1, /RegionDisabledException/],
  ['ValidationError of an hour', refusal(400, 'ValidationError', 'bad'), 1, /ValidationError: bad/],
];

describe('a fault that passes', () => {
  it.each(THEN_FINE)('%s: done after all', async (_, fault, times, calls) => {
    world.sandbox.setFault(firstCalls(times, fault));
    const { code, stderr } = await assume();
    expect([code, world.calls.length]).toEqual([0, calls]);
    expect(stderr).not.toMatch(/refused/);
  });
});

describe('a fault that stays', () => {
  it.each(NEVER_FINE)('%s: one line, so many calls and no more', async (_, fault, calls, words) => {
    world.sandbox.setFault(() => fault);
    const result = await assume();
    refusedInTwoLines(result, words);
    expect(world.calls).toHaveLength(calls);
    expect(result.seconds).toBeLessThan(20);
  });

  it('no answer at all: says that it waits, and gives up in bounded time', async () => {
    world.sandbox.setFault(() => hang());
    const result = await assume();
    refusedInTwoLines(result, /STS was not reached: no answer within 10s/);
    expect(result.stderr).toMatch(/waiting for STS at 127\.0\.0\.1:\d+/);
    expect(world.calls).toHaveLength(3);
    expect(result.seconds).toBeLessThan(45);
  }, 60_000);

  it('a connection refused: at once, and where the endpoint is set', async () => {
    const result = await assume({ AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' });
    refusedInTwoLines(result, /STS was not reached: connection refused/);
    expect(result.stderr).toContain('the endpoint is set by AWS_ENDPOINT_URL_STS');
    expect(result.seconds).toBeLessThan(10);
  });

  it('a name that is nowhere', async () => {
    const result = await assume({ AWS_ENDPOINT_URL_STS: 'http://sts.invalid' });
    refusedInTwoLines(result, /STS was not reached: its name was not found/);
  });

  it('what STS says cannot write to the terminal', async () => {
    world.sandbox.setFault(() => refusal(403, 'AccessDenied', 'no\u001b[2J\u009b1m\u202e\nnew line'));
    const { stderr } = await assume();
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });
});
