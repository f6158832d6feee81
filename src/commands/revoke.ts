import { accountOf, partitionOf, roleNameOf } from '../core/arn';
import type { Chain } from '../core/chain';
import type { RoleProfile } from '../core/profile';
import type { SessionFlags } from '../core/request';
import { REVOCATION_POLICY, revocationPolicy, sessionsThrough } from '../core/revocation';
import { iamTarget } from '../core/target';
import { cancelled, needsPerson, refused, usage } from '../errors';
import type { World } from '../world';
import { callerOf, refusing } from './caller';
import { become, prepare } from './session';

export interface RevokeFlags extends SessionFlags {
  readonly as?: string;
  readonly yes?: boolean;
}

/** `tsawsume revoke PROFILE`: AWS refuses every session of its role that was issued before now, whoever holds it. */
export async function revoke(world: World, named: string | undefined, flags: RevokeFlags): Promise<void> {
  const files = pathsOf(flags);
  const { chain } = await prepare(world, named, files);
  const role = roleOf(chain);
  const arn = role.roleArn.value;
  const signer = flags.as ?? sourceOf(role);
  await askFirst(world, flags, `Revoke every session of ${arn} that was issued until now, as "${signer}"?`);

  const token = flags.mfaToken === undefined ? {} : { mfaToken: flags.mfaToken };
  const { identity, plan, request, chain: signers } = await become(world, signer, { ...files, ...token });
  const caller = await callerOf(world, identity.session, plan.target, `profile "${signer}"`);
  // IAM takes a role's name alone, and would take it for one of the signer's own account.
  if (caller.account !== accountOf(arn) || caller.partition !== partitionOf(arn)) {
    throw refused(
      `profile "${signer}" is of account ${caller.account}, and the role ${arn} is not`,
      'name a profile of that account which may call iam:PutRolePolicy: --as PROFILE',
    );
  }
  const iam = await world.iam();
  const target = iamTarget(signers.asked, plan.target, caller.partition, request);
  const policy = { roleName: roleNameOf(arn), policyName: REVOCATION_POLICY };
  await refusing(`PutRolePolicy on ${arn}, signed by profile "${signer}",`, () =>
    iam.putRolePolicy(identity.session, target, { ...policy, document: revocationPolicy(world.now()) }),
  );
  const store = await world.store();
  const dropped = sessionsThrough(store.all(), arn);
  for (const key of dropped) store.drop(key);
  world.people.say(
    `revoked: sessions of ${arn} until now are refused by AWS (policy ${REVOCATION_POLICY}, signed by "${signer}"); ${String(dropped.length)} stored here forgotten`,
  );
}

const pathsOf = ({ configFile, credentialsFile }: SessionFlags): SessionFlags => ({
  ...(configFile === undefined ? {} : { configFile }),
  ...(credentialsFile === undefined ? {} : { credentialsFile }),
});

function roleOf({ asked }: Chain): RoleProfile {
  if (asked.kind === 'role') return asked;
  throw usage(
    `profile "${asked.name}" is no role, and only a role's sessions can be revoked`,
    'name a profile with role_arn; to stop a user, deactivate its access keys',
  );
}

function sourceOf({ name, source }: RoleProfile): string {
  if (source.by === 'profile') return source.profile.value;
  throw usage(
    `profile "${name}" has no source_profile that could sign`,
    'name a profile that may call iam:PutRolePolicy: --as PROFILE',
  );
}

async function askFirst(world: World, { yes }: RevokeFlags, question: string): Promise<void> {
  if (yes === true) return;
  if (!world.hasTerminal())
    throw needsPerson('revoke asks first, and there is no terminal', 'if you are sure: --yes');
  if (!(await world.confirm(question))) throw cancelled('nothing was revoked');
}
