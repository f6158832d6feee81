import { describe, expect, it } from 'vitest';
import { IDENTITY } from './cases/identity';
import { PROVIDERS } from './cases/providers';
import { REFUSALS } from './cases/refusals';
import { WRITING } from './cases/writing';
import { play } from './support/agreement';

/** The AWS CLI and tsawsume read the same files: they must agree on who that makes of somebody, and by which calls. */
describe.each([
  { about: 'who it is', cases: IDENTITY },
  { about: 'where keys come from', cases: PROVIDERS },
  { about: 'how it is written', cases: WRITING },
  { about: 'what both refuse', cases: REFUSALS },
])('tsawsume agrees with the AWS CLI: $about', ({ cases }) => {
  for (const wish of cases) {
    it.concurrent(wish.what, async () => {
      const { ours, theirs } = await play(wish);
      expect(`AWS CLI: ${theirs.who}`, theirs.said).toBe(`AWS CLI: ${wish.who}`);
      expect(`tsawsume: ${ours.who}`, ours.said).toBe(`tsawsume: ${wish.who}`);
      if (wish.who === 'refused') expect(ours.steps).toEqual([]);
      else expect(ours.steps).toEqual(theirs.steps);
    });
  }
});
