import { describe, expect, it } from 'vitest';
import { OURS } from './cases/ours';
import { play } from './support/agreement';

/** Once the AWS CLI changes its mind, these tell: then the two may agree. */
describe('tsawsume differs from the AWS CLI on purpose', () => {
  for (const wish of OURS) {
    it.concurrent(`${wish.what}: ${wish.why}`, async () => {
      const { ours, theirs } = await play(wish);
      expect(`AWS CLI: ${theirs.who}`, theirs.said).toBe(`AWS CLI: ${wish.theirs}`);
      expect(`tsawsume: ${ours.who}`, ours.said).toBe(`tsawsume: ${wish.who}`);
    });
  }
});
