import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROGRAM, run, World } from '../../support/harness';
import { quoted } from '../../support/program';
import { isNotThere } from '../../support/programs';

const SHELLS: readonly (readonly [string, string])[] = [
  ['sh', 'eval "$(PROGRAM reader)"'],
  ['bash', 'eval "$(PROGRAM reader)"'],
  ['zsh', 'eval "$(PROGRAM reader)"'],
  ['fish', 'env TSAWSUME_SHELL=fish PROGRAM reader | source'],
];

describe.each([4, 16, 100])('row 40: session tokens of %i KB', (kilobytes) => {
  it('come out equal in every form, from STS and from the store', async () => {
    const world = await World.open({ sessionTokenLength: kilobytes * 1024 });
    try {
      const first = await world.run(['export', 'reader', '--format', 'json']);
      const token = /"AWS_SESSION_TOKEN": "([^"]+)"/.exec(first.stdout)?.[1] ?? '';
      expect(token.length).toBe(kilobytes * 1024);
      const out = join(world.home.path, 'out');
      await world.run(['export', 'reader', '--output', out]);
      expect(fs.readFileSync(out, 'utf8')).toContain(token);
      await world.run(['reader', '-o', 'kept']);
      expect(fs.readFileSync(join(world.home.path, '.aws/credentials'), 'utf8')).toContain(
        `aws_session_token = ${token}\n`,
      );
      for (const [shell, script] of SHELLS.filter(([name]) => !isNotThere(name))) {
        const own = quoted(PROGRAM);
        const then = shell === 'fish' ? 'printf %s $AWS_SESSION_TOKEN' : 'printf %s "$AWS_SESSION_TOKEN"';
        const { stdout, stderr } = await run([shell, '-c', `${script.replace('PROGRAM', own)}\n${then}`], {
          env: world.env,
        });
        expect([stdout === token, stderr], shell).toEqual([true, expect.not.stringContaining('rror')]);
      }
      expect(world.calls).toEqual(['AssumeRole']);
    } finally {
      await world.close();
    }
  });
});
