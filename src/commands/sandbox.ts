import { usage } from '../errors';
import type { Sandbox, World } from '../world';

/**
 * `tsawsume sandbox`: a shell in an AWS in miniature, for whom has no account or wants to risk nothing; with words
 * after `--`, that command in it. Gives the exit code of what ran.
 */
export async function sandbox(world: World, command: readonly string[]): Promise<number> {
  const port = await world.sandbox();
  const [program, ...args] = command;
  if (program === undefined && !port.interactive) {
    throw usage(
      'the sandbox is a shell for a person, and there is no terminal here',
      'run a command in it: tsawsume sandbox -- CMD…',
    );
  }
  const opened = await port.open();
  if (program !== undefined) return opened.run(program, args);
  for (const line of welcome(opened.code(), world.now())) world.people.say(line);
  return opened.shell();
}

/** One screen of 80 by 24, the MFA code last: it is the first thing that will be asked for. */
function welcome({ code, until }: ReturnType<Sandbox['code']>, now: number): readonly string[] {
  const left = String(Math.max(0, Math.ceil((until - now) / 1000)));
  return [
    '',
    'A sandbox: an AWS in miniature, with the small company of ~/.aws/config in it.',
    'It needs no account, asks nobody but this machine, and is gone when you exit.',
    '',
    '  tsawsume list               the profiles there are',
    '  tsawsume cli-role           become a role: it asks for an MFA code',
    '  tsawsume whoami             who STS says you are now',
    '  tsawsume explain deployer   a role behind that role: each step, and why',
    '  tsawsume deployer           become it: no second code is needed',
    '  tsawsume --unset            back to nobody',
    '  exit                        back to your own shell; nothing stays behind',
    '',
    code === undefined
      ? `Your MFA device shows the next code in ${left}s: mfa-code`
      : `Your MFA device shows ${code} for another ${left}s; later: mfa-code`,
    '',
  ];
}
