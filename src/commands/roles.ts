import { printable } from '../core/printable';
import type { SessionFlags } from '../core/request';
import { roleRows, wantedBy, type RoleRow } from '../core/role-rows';
import { table } from '../core/table';
import { iamTarget } from '../core/target';
import { quotePosix } from '../shells/posix';
import type { World } from '../world';
import { answer } from './answer';
import { callerOf, refusing } from './caller';
import { become } from './session';

/** `tsawsume roles [PROFILE]`: the roles of that identity's account that let it in, each with its command. */
export async function roles(world: World, named: string | undefined, flags: SessionFlags): Promise<void> {
  const { identity, plan, chain, request } = await become(world, named, flags);
  const whose = `profile "${identity.profile}"`;
  const caller = await callerOf(world, identity.session, plan.target, whose);
  const iam = await world.iam();
  const target = iamTarget(chain.asked, plan.target, caller.partition, request);
  const listed = await refusing(`ListRoles for ${whose}`, () => iam.listRoles(identity.session, target));
  const rows = roleRows(listed, caller, identity.profile);
  if (flags.json === true) {
    answer(world, `${JSON.stringify(rows.map(asJson), undefined, 2)}\n`);
    return;
  }
  if (rows.length === 0) {
    world.people.say(
      `none of the ${String(listed.length)} roles of account ${caller.account} trusts ${caller.arn}`,
    );
    return;
  }
  answer(world, table([HEADER, ...rows.map(cells)], undefined));
}

const HEADER = ['ROLE', 'TRUSTS', 'WANTS', 'COMMAND'] as const;
const TRUSTS = { you: 'you', account: 'your account', everyone: 'everyone' } as const;

const cells = ({ role, trust, command }: RoleRow): readonly string[] => [
  role.name,
  TRUSTS[trust.names],
  wantedBy(trust),
  command.map(word).join(' '),
];

/** As one would type it; what needs no quotes has none, since nobody evals this but a person who has read it. */
const word = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : quotePosix(printable(text)));

const asJson = ({ role, trust, command }: RoleRow): object => ({
  role: role.name,
  arn: role.arn,
  trusts: trust.names,
  mfa: trust.mfa,
  externalIds: trust.externalIds ?? null,
  conditions: trust.conditions,
  maxSessionSeconds: role.maxSessionSeconds,
  command,
});
