import { accountOf, partitionOf } from '../core/arn';
import type { StsTarget } from '../core/plan';
import { StsRefusal } from '../core/ports';
import { describeRefusalOf } from '../core/refusals';
import type { Session } from '../core/session';
import type { Caller } from '../core/trust';
import type { World } from '../world';

/** Who a session is: what STS said when it gave it, else one GetCallerIdentity. */
export async function callerOf(
  world: World,
  session: Session,
  target: StsTarget,
  whose: string,
): Promise<Caller & { readonly partition: string }> {
  const known = session.principalArn;
  const account = accountOf(known ?? '');
  if (known !== undefined && account !== undefined)
    return { account, arn: known, partition: partitionOf(known) };
  const sts = await world.sts();
  return refusing(`GetCallerIdentity for ${whose}`, async () => {
    const identity = await sts.getCallerIdentity(session, target);
    return { ...identity, partition: partitionOf(identity.arn) };
  });
}

/** Runs a call; a refusal is told as that of `what`. */
export async function refusing<T>(what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof StsRefusal)) throw error;
    throw describeRefusalOf(error, what);
  }
}
