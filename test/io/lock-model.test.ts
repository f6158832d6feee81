import { expect, test } from 'vitest';
import { begin, holders, stepsOf, successors } from './lock-model';
import type { Mistake, State } from './lock-model';

/** Walks every state that can be reached; gives their number, and the first one with two holders. */
function walk(
  tries: readonly number[],
  visit: (state: State) => void,
  mistake?: Mistake,
): { states: number; bad?: State } {
  const seen = new Set<string>();
  const open = [begin(tries)];
  for (let state = open.pop(); state; state = open.pop()) {
    if (holders(state) > 1) return { states: seen.size, bad: state };
    visit(state);
    for (const next of successors(state, mistake)) {
      const key = JSON.stringify(next);
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(next);
    }
  }
  return { states: seen.size };
}

/** Whoever holds finds the term to be theirs and nobody after them in line: `release` relies on it. */
function holderIsLast({ processes, first, line }: State): void {
  for (const { step, token, length } of processes) {
    if (step !== 'hold' && step !== 'endTerm') continue;
    if (first?.token !== token || line[`${token}.${length + 1}`] !== undefined)
      throw new Error('a holder was replaced');
  }
}

/** When all others are dead or away, one who comes gets the lock: nothing that the dead leave can keep it. */
function someoneGetsIt(state: State): void {
  const who = state.processes.findIndex(({ step }) => step === 'look');
  if (state.processes.some(({ step }, index) => index !== who && step !== 'dead' && step !== 'done')) return;
  let now: State | undefined = state;
  for (let step = 0; who >= 0 && step < 40 && now; step += 1) {
    const process: State['processes'][number] | undefined = now.processes[who];
    if (process === undefined || process.step === 'hold') return;
    // The last of the choices is to take the lock; the others sweep.
    now = stepsOf(now, who, process).at(-1);
  }
  if (who >= 0) throw new Error('nobody gets it');
}

test.each([[[3, 3]], [[2, 2, 1]], [[1, 1, 1, 1]]])(
  'never two holders, and never none for long: tries %j',
  (tries) => {
    const { states, bad } = walk(tries, (state) => {
      holderIsLast(state);
      someoneGetsIt(state);
    });
    expect(bad).toBeUndefined();
    expect(states).toBeGreaterThan(1000);
  },
);

test.each<[Mistake, readonly number[]]>([
  ['no verify', [2, 1, 1]],
  ['line before term', [2, 1, 1]],
  ['tokens again', [2, 1, 1]],
  ['sweep all', [2, 1, 1]],
])('the walk notices the mistake: %s', (mistake, tries) => {
  const { bad } = walk(tries, () => undefined, mistake);
  expect(bad && holders(bad)).toBe(2);
});
