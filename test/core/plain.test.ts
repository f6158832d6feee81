import { describe, expect, it } from 'vitest';
import { plainProfile } from '../../src/cli/plain';
import { VERB_NAMES } from '../../src/cli/verb-names';
import { VERBS } from '../../src/cli/verbs';

describe('a line that is one word', () => {
  it.each([['cli-role'], [''], ['with space'], ['List'], ['exports'], ['$(x)'], ['a=b']])(
    '%j is a profile',
    (word) => expect(plainProfile([word])).toBe(word),
  );

  it.each([[[]], [['-l']], [['--']], [['-']], [['a', 'b']], [['a', '--refresh']], [['--unset']]])(
    '%j is for the parser',
    (argv) => expect(plainProfile(argv)).toBeUndefined(),
  );

  it('is for the parser where it is a verb, and every verb is known', () => {
    expect(VERBS.map(({ name }) => name).sort()).toEqual([...VERB_NAMES].sort());
    for (const { name } of VERBS) expect(plainProfile([name])).toBeUndefined();
  });
});
