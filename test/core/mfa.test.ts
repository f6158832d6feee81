import { beforeEach, describe, expect, it } from 'vitest';
import { MfaCodes, type MfaPorts } from '../../src/core/mfa';
import type { MfaDevice } from '../../src/core/plan';
import type { Inputs, MfaQuestion } from '../../src/core/ports';
import { cancelled } from '../../src/errors';
import { Clock, MemoryStore, serialOf } from '../support/fakes';
import { named } from '../support/profile-files';
import { objectWith, textLike } from '../support/matchers';

const SERIAL = 'arn:aws:iam::123456789012:mfa/me';
const DEVICE: MfaDevice = { serial: { value: serialOf(SERIAL), from: 'config' }, process: undefined };
const BY_PROCESS: MfaDevice = { ...DEVICE, process: { value: 'show code', from: 'config' } };
const ME = named('me');

let clock: Clock;
let store: MemoryStore;
let questions: MfaQuestion[];
let said: string[];
beforeEach(() => {
  // Ten seconds into a step of thirty.
  clock = new Clock(Date.UTC(2026, 0, 1) + 10_000);
  store = new MemoryStore();
  [questions, said] = [[], []];
});

interface Ways {
  readonly given?: string;
  readonly typed?: string[];
  readonly printed?: string[];
}

/** The codes of one run. @param typed what the person types, in order; @param printed what the command prints. */
function codes({ given, typed, printed = [] }: Ways): MfaCodes {
  const ports: MfaPorts = {
    store,
    now: clock.now,
    sleep: clock.sleep,
    hasTerminal: () => typed !== undefined,
    say: (line) => void said.push(line),
    given,
    runProcess: async () => printed.shift() ?? 'nothing',
    prompt: async () => ({
      possible: true,
      ask: async (question) => {
        questions.push(question);
        const answer = typed?.shift();
        if (answer === undefined) throw cancelled('cancelled');
        return answer;
      },
    }),
  };
  return new MfaCodes(ports);
}
const fails = (kind: string, message: RegExp) => objectWith({ kind, message: textLike(message) });

describe('whether a code can be had', () => {
  it.each<readonly [string, MfaDevice, Ways, boolean]>([
    ['nobody', DEVICE, {}, false],
    ['a flag', DEVICE, { given: '1' }, true],
    ['a person', DEVICE, { typed: [] }, true],
    ['a command', BY_PROCESS, {}, true],
  ])('%s', (_, device, ways, can) => {
    expect(codes(ways).canAnswer(device)).toBe(can);
  });
});

describe('the flag', () => {
  it('wins over the command and the person', async () => {
    expect(await codes({ given: ' 123456\n', typed: ['1'], printed: ['2'] }).next(BY_PROCESS, ME)).toBe(
      '123456',
    );
    expect(questions).toEqual([]);
  });
  it.each(['12345', 'abcdef', '', '1234567', '12345６'])('%j is no code', async (given) => {
    await expect(codes({ given }).next(DEVICE, ME)).rejects.toThrow(fails('usage', /not six digits/));
  });
  it('serves once: a refused one has no second try', async () => {
    const given = codes({ given: '123456' });
    await given.next(DEVICE, ME);
    await expect(given.next(DEVICE, ME, 'AWS refused it')).rejects.toThrow(
      fails('refused', /AWS refused it/),
    );
  });
  it('that was spent is refused, with the seconds to wait', async () => {
    await codes({ given: '123456' }).next(DEVICE, ME);
    const again = codes({ given: '123456' }).next(DEVICE, ME);
    await expect(again).rejects.toThrow(objectWith({ kind: 'refused', hint: 'the next one comes in 20s' }));
  });
});

describe('a spent code', () => {
  const spend = (code: string) => codes({ given: code }).next(DEVICE, ME);
  it('is another code after a minute and a half, and on another device at once', async () => {
    await spend('123456');
    const other = { ...DEVICE, serial: { value: serialOf('GAHT12345678'), from: 'config' } };
    expect(await codes({ given: '123456' }).next(other, ME)).toBe('123456');
    clock.at += 89_999;
    await expect(spend('123456')).rejects.toThrow('just used');
    clock.at += 2;
    expect(await spend('123456')).toBe('123456');
  });
  it('that never left this machine is not spent', async () => {
    const run = codes({ given: '123456' });
    const code = await run.next(DEVICE, ME);
    await spend('654321');
    run.unspend(DEVICE, code);
    expect(await spend('123456')).toBe('123456');
    await expect(spend('654321')).rejects.toThrow('just used');
  });
  it('is kept as a hash only', async () => {
    await spend('135790');
    expect(JSON.stringify([...store.facts])).not.toContain('135790');
  });
  it.each<[Inputs]>([[{ spent: 'x' }], [{ spent: ['x'] }], [{ spent: [{ hash: 1, at: 'y' }] }], [{}]])(
    'what %j remembers is nothing',
    async (fact) => {
      store.remember(`mfa ${SERIAL}`, fact);
      expect(await spend('123456')).toBe('123456');
    },
  );
  it('of a clock that was set back far is not believed', async () => {
    await spend('123456');
    clock.at -= 86_400_000;
    expect(await spend('123456')).toBe('123456');
  });
});

describe('the command', () => {
  it('gives the code', async () => {
    expect(await codes({ printed: ['123456'] }).next(BY_PROCESS, ME)).toBe('123456');
  });
  it('a spent one: waits for the next step, says so, and asks again', async () => {
    await codes({ given: '123456' }).next(DEVICE, ME);
    expect(await codes({ printed: ['123456', '654321'] }).next(BY_PROCESS, ME)).toBe('654321');
    expect(clock.slept).toEqual([20_000]);
    expect(said).toEqual(['the MFA code was just used; the next one comes in 20s: waiting for it']);
  });
  it('the same once more: gives up', async () => {
    await codes({ given: '123456' }).next(DEVICE, ME);
    const stuck = codes({ printed: ['123456', '123456', '123456'] }).next(BY_PROCESS, ME);
    await expect(stuck).rejects.toThrow(fails('refused', /gives the same code again/));
  });
  it('anything else is no code, and is not repeated', async () => {
    await expect(codes({ printed: ['hunter2'] }).next(BY_PROCESS, ME)).rejects.toThrow(
      fails('refused', /^mfa_process printed something else than six digits$/),
    );
  });
});

describe('the person', () => {
  it('is told the device and the profile', async () => {
    expect(await codes({ typed: ['123456'] }).next(DEVICE, ME)).toBe('123456');
    expect(questions).toEqual([{ serial: SERIAL, profile: 'me' }]);
  });
  it('is asked three times at most, each time told why', async () => {
    await codes({ given: '111111' }).next(DEVICE, ME);
    const run = codes({ typed: ['abc', '111111', '222222'] });
    expect(await run.next(DEVICE, ME)).toBe('222222');
    expect(questions.map(({ again }) => again)).toEqual([
      undefined,
      'a code is six digits',
      'that code was just used; the next one comes in 20s',
    ]);
    await expect(run.next(DEVICE, ME, 'AWS refused it')).rejects.toThrow(
      fails('refused', /AWS refused it: that was the third try/),
    );
  });
  it('may say no', async () => {
    await expect(codes({ typed: [] }).next(DEVICE, ME)).rejects.toThrow(fails('cancelled', /cancelled/));
  });
  it('is not there: exit 4, and how to give one', async () => {
    await expect(codes({}).next(DEVICE, ME)).rejects.toThrow(
      fails('needs-person', /profile "me" needs an MFA code of arn/),
    );
  });
});
