import type { StsTarget } from '../core/plan';
import { StsRefusal } from '../core/ports';
import { describeRefusalOf } from '../core/refusals';
import { ownRefresher } from '../core/refresher-name';
import { environmentFacts, type SessionFlags } from '../core/request';
import type { Session } from '../core/session';
import { environmentTarget } from '../core/target';
import type { World } from '../world';
import { answer } from './answer';
import { become } from './session';

/** `tsawsume whoami [PROFILE]`: what STS says of that identity; without a name, of the one this shell holds. */
export async function whoami(world: World, named: string | undefined, flags: SessionFlags): Promise<void> {
  if (
    named === undefined &&
    flags.roleArn === undefined &&
    flags.json === undefined &&
    (world.env['AWS_ACCESS_KEY_ID'] ?? '') !== ''
  ) {
    const session = await world.machineCredentials('Environment');
    const target = environmentTarget(world.env, environmentFacts(world.env, ''), flags.region);
    await ask(world, session, target, "this shell's identity");
    return;
  }
  // A shell that renews itself holds no keys: who it is, its profile says.
  const own = flags.roleArn === undefined ? ownRefresher(world.env) : undefined;
  const { identity, plan } = await become(world, named ?? own, flags);
  await ask(world, identity.session, plan.target, `profile "${identity.profile}"`);
}

async function ask(world: World, session: Session, target: StsTarget, whose: string): Promise<void> {
  const sts = await world.sts();
  try {
    const { account, arn, userId } = await sts.getCallerIdentity(session, target);
    answer(world, `Account  ${account}\nArn      ${arn}\nUserId   ${userId}\n`);
  } catch (error) {
    if (!(error instanceof StsRefusal)) throw error;
    throw describeRefusalOf(error, `GetCallerIdentity for ${whose}`);
  }
}
