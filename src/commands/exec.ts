import { environmentOf } from '../core/identity';
import type { SessionFlags } from '../core/request';
import { usage } from '../errors';
import type { World } from '../world';
import { become } from './session';

/** `tsawsume exec PROFILE -- CMD…`: runs CMD as that identity; gives CMD's own exit code. */
export async function exec(
  world: World,
  named: string | undefined,
  command: readonly string[],
  flags: SessionFlags,
): Promise<number> {
  const [program, ...args] = command;
  if (program === undefined)
    throw usage('exec wants a command', 'write it after --: tsawsume exec PROFILE -- aws s3 ls');
  const { identity } = await become(world, named, flags);
  return world.exec(program, args, environmentOf(identity, world.env));
}
