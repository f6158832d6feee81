import * as fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveChain } from '../../src/core/chain';
import type { SectionValues } from '../../src/core/managed';
import { TsawsumeError } from '../../src/errors';
import { readAwsFiles } from '../../src/io/aws-files';
import { putSection, removeSections, sectionsOf } from '../../src/io/ini/managed';
import { scratch } from '../io/support';
import { cpuTime } from '../support/cpu-time';
import { World } from '../support/harness';
import { SEED, share } from './support/fuzz';
import { fileBytes } from './support/generated-files';

const MOST_MS = 200;

/** Reads both files, every profile of them both ways, and the chain of each; a refusal is a line that says where. */
function readAll(config: string, credentials: string): void {
  try {
    const files = readAwsFiles({ config, credentials }, {}, undefined);
    const { profiles } = files;
    profiles.fileProblems();
    for (const name of profiles.names()) {
      profiles.asked(name);
      profiles.source(name);
      files.keysOf(name);
      try {
        resolveChain(profiles, name, undefined);
      } catch (error) {
        expectTold(error, /./);
      }
    }
  } catch (error) {
    expectTold(error, /(?:config|credentials)\b/);
  }
}

function expectTold(error: unknown, where: RegExp): void {
  if (!(error instanceof TsawsumeError)) throw error;
  expect(error.message).toMatch(where);
  expect(error.message).not.toMatch(/\n/);
  expect(Object.prototype).not.toHaveProperty('region');
}

describe('row 37: generated files', () => {
  it('no trace, no hang, one line with file:line', () => {
    const folder = scratch();
    const [config, credentials] = [join(folder, 'config'), join(folder, 'credentials')];
    let slowest = 0;
    fc.assert(
      fc.property(fileBytes, fileBytes, (one, other) => {
        fs.writeFileSync(config, one);
        fs.writeFileSync(credentials, other);
        const took = cpuTime(() => readAll(config, credentials), MOST_MS);
        slowest = Math.max(slowest, took);
      }),
      { numRuns: share(100_000), seed: SEED },
    );
    console.log(`the slowest took ${slowest.toFixed(1)} ms`);
    expect(slowest).toBeLessThan(MOST_MS);
  });

  it('the program: no trace, and exit 0 or 3', async () => {
    const world = await World.open();
    const place = (name: string): string => join(world.home.path, '.aws', name);
    try {
      for (const [one, other] of fc.sample(fc.tuple(fileBytes, fileBytes), {
        numRuns: share(1_000),
        seed: SEED,
      })) {
        fs.writeFileSync(place('config'), one);
        fs.writeFileSync(place('credentials'), other);
        const { code, stderr } = await world.run(['list']);
        expect([0, 3], stderr).toContain(code);
        expect(stderr).not.toMatch(/^\s+at |something went wrong/m);
        expect(stderr).not.toMatch(/[\0-\x09\x0b-\x1f\x7f]/);
      }
    } finally {
      await world.close();
    }
  });
});

describe("row 19: a section of ours in anybody's file", () => {
  const values: SectionValues = [
    ['manager', 'tsawsume'],
    ['aws_access_key_id', 'ASIA1'],
    ['aws_session_token', 'token/+=='],
  ];
  it('comes and goes, and no other byte changes', () => {
    fc.assert(
      fc.property(fileBytes, fc.constantFrom('config' as const, 'credentials' as const), (before, file) => {
        // A lone CR at the very end can't be told from half of a line break that we completed.
        fc.pre(before.at(-1) !== 0x0d);
        fc.pre(!sectionsOf(before, file).some(({ name }) => name === 'of-ours'));
        const after = putSection(before, file, 'of-ours', values);
        expect(after.subarray(0, before.length).equals(before)).toBe(true);
        const { bytes, removed } = removeSections(after, file, ({ name }) => name === 'of-ours');
        expect([bytes.equals(before), removed.length]).toEqual([true, 1]);
      }),
      { numRuns: share(10_000), seed: SEED },
    );
  });
});
