import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause, Pty, until } from '../io/pty';
import { isNotThere } from '../support/programs';
import { CompletionStage, NUMBERED } from './completion-support';

/** TAB, typed by a person at a real shell. What arrives is what counts: the words that the program is run with. */
const SHELLS = [
  {
    name: 'bash',
    argv: ['bash', '--norc', '--noprofile', '-i'],
    ready: `set -H; PS1='%READY'; bind 'set bell-style none'; eval "$(tsawsume completion bash)"`,
    opens: ['', "'", '"'],
  },
  {
    name: 'zsh',
    argv: ['zsh', '-f', '-i'],
    ready: `autoload -Uz compinit && compinit -u -D; setopt nobeep; eval "$(tsawsume completion zsh)"; PS1='%%READY'`,
    opens: ['', "'", '"'],
  },
  {
    name: 'fish',
    argv: ['fish', '--no-config', '-i'],
    ready: `function fish_prompt; echo -n '%READY'; end; set -g fish_autosuggestion_enabled 0; tsawsume completion fish | source`,
    opens: ['', "'", '"'],
  },
] as const;

const QUIET_MS = 60;

describe.each(SHELLS)('TAB in $name', ({ argv, ready, opens }) => {
  const [shell, ...args] = argv;
  const missing = isNotThere(shell);
  const stage = new CompletionStage([...NUMBERED, 'common one', 'common $two']);
  let pty: Pty | undefined;
  afterAll(() => {
    pty?.close();
    stage.remove();
  });

  beforeAll(async () => {
    if (missing) return;
    pty = new Pty('sh', ['-c', `cd '${stage.dir}'; exec ${[shell, ...args].join(' ')}`], stage.env);
    await until(() => pty?.screen !== '', 'the prompt');
    pty.type(`${ready}\r`);
    await pty.shows(/%READY(?!'|;)/);
  });

  /** Types a line up to TAB, and runs it; the words that came. */
  async function completed(typed: string, rest = ''): Promise<readonly string[]> {
    if (pty === undefined) throw new Error('skipped');
    stage.args();
    stage.answered();
    const from = pty.screen.length;
    pty.type(`tsawsume ${typed}\t`);
    await until(() => stage.answered(), 'an answer');
    // The shell has drawn what it completed when it has been quiet for a moment.
    for (let seen = -1; seen !== pty.screen.length;) {
      seen = pty.screen.length;
      await pause(QUIET_MS);
    }
    pty.type(`${rest}\r`);
    let words: readonly string[] | undefined;
    await until(
      () => (words = stage.args()) !== undefined,
      `a run after ${typed}: ${pty.screen.slice(from)}`,
    );
    await pty.shows('%READY', from);
    return words ?? [];
  }

  for (const open of opens) {
    it.skipIf(missing)(
      `completes every name after ${open || 'no quote'}, and evaluates nothing`,
      async () => {
        for (const name of NUMBERED) expect(await completed(`${open}${name.slice(0, 3)}`)).toEqual([name]);
        expect(stage.canary).toBe(false);
      },
      120_000,
    );
  }

  it.skipIf(missing)(
    'completes as far as names agree, verbs, flags, and values of flags',
    async () => {
      expect(
        await completed('comm', shell === 'bash' || shell === 'zsh' ? 'o\t' : '\u0015tsawsume common\\ o\t'),
      ).toEqual(['common one']);
      expect(await completed('assu', 'p00\t')).toEqual(['assume', NUMBERED[0]]);
      expect(await completed('export --form', 'js\t')).toEqual(['export', '--format', 'json']);
      expect(await completed('export --format=pro')).toEqual(['export', '--format=process']);
      expect(await completed('--source-pro', 'p06\t')).toEqual(['--source-profile', NUMBERED[6]]);
      expect(stage.canary).toBe(false);
    },
    60_000,
  );
});
