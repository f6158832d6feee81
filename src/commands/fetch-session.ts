import type { Begun, Obtained } from '../core/at-hand';
import type { ExecutePorts } from '../core/execute';
import { MfaCodes } from '../core/mfa';
import { obtain } from '../core/obtain';
import type { SessionFlags } from '../core/request';
import type { World } from '../world';
import { rootSession } from './root-session';
import type { Codes, Prepared } from './session';

/** The part of the main job that needs more than what is stored: keys, locks, codes, and STS. */
export async function fetchSession(
  world: World,
  prepared: Prepared,
  begun: Begun,
  flags: SessionFlags,
  codes: Codes,
): Promise<Obtained> {
  const code = codes === 'none' ? undefined : await givenCode(world, flags);
  const ports = await portsOf(world, prepared, code, codes);
  // AWS takes its time anyhow.
  world.whileWaiting(() => {
    ports.store.sweep();
    ports.locks.sweep();
  });
  return obtain(prepared.files.profiles, prepared.chain, prepared.request, ports, begun);
}

/** `--mfa-token`, `-` for stdin, or TSAWSUME_MFA_TOKEN. */
async function givenCode(world: World, flags: SessionFlags): Promise<string | undefined> {
  const given = flags.mfaToken ?? (world.env['TSAWSUME_MFA_TOKEN'] || undefined);
  return given === '-' ? (await world.readStdin()).trim() : given;
}

async function portsOf(
  world: World,
  prepared: Prepared,
  given: string | undefined,
  codes: Codes,
): Promise<ExecutePorts> {
  const { people } = world;
  const store = await world.store();
  const say = (line: string): void => people.warn(line);
  const shared = { store, now: () => world.now(), sleep: (ms: number) => world.sleep(ms), say };
  return {
    ...shared,
    locks: await world.locks(),
    sts: () => world.sts(),
    iam: () => world.iam(),
    codes: new MfaCodes({
      ...shared,
      given,
      prompt: () => world.prompt(),
      hasTerminal: () => codes === 'any' && world.hasTerminal(),
      runProcess: codes === 'none' ? undefined : (command) => world.mfaProcess(command),
    }),
    root: (step) => rootSession(world, prepared, step),
    info: (line) => people.info(line),
    debug: (line) => people.debug(line),
    readToken: (path) => world.readText(path),
  };
}
