import { afterAll, beforeAll, describe, it } from 'vitest';
import { IS_EXECUTABLE } from './program';
import { sameBothWays, ShortWays, type Case } from './short-ways';

/** Each case after its way was noted: the short way and the long way say the same. `homes` as of `ShortWays.open`. */
export function describeBothWays(what: string, cases: readonly Case[], homes?: 'shared'): void {
  describe.skipIf(IS_EXECUTABLE)(
    `${what} after the way was noted (a hook of Node’s sees which is taken)`,
    () => {
      let ways: ShortWays;
      beforeAll(async () => {
        ways = await ShortWays.open(cases, homes);
      });
      afterAll(() => ways.close());

      it.concurrent.each(cases)('both ways say the same: $name', async (one) => {
        await sameBothWays(ways.at(one), one);
      });
    },
  );
}
