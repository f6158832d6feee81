import type { StoredSession } from '../core/ports';
import { table } from '../core/table';
import { isoSeconds } from '../core/time';
import type { World } from '../world';
import { answer } from './answer';
import { left, promptSegment, shellIdentity, type ShellIdentity } from './prompt-segment';

export interface StatusFlags {
  readonly json?: boolean | string;
  readonly format?: string;
}

/** `tsawsume status`: who this shell is and what is stored; asks nobody, so a prompt can run it on every line. */
export async function status(world: World, flags: StatusFlags): Promise<void> {
  if (flags.format !== undefined) {
    answer(world, promptSegment(flags.format, world.env, world.now()));
    return;
  }
  const shell = shellIdentity(world.env);
  const stored = [...(await world.store()).all()].sort((a, b) => a.session.expiresAt - b.session.expiresAt);
  if (flags.json === true)
    answer(world, `${JSON.stringify(asJson(shell, stored, world.now()), undefined, 2)}\n`);
  else answer(world, asText(shell, stored, world));
}

const asJson = (shell: ShellIdentity | undefined, stored: readonly StoredSession[], now: number): object => ({
  shell:
    shell === undefined
      ? null
      : {
          profile: shell.profile,
          region: shell.region ?? null,
          expiration: shell.expiresAt === undefined ? null : isoSeconds(shell.expiresAt),
          secondsLeft:
            shell.expiresAt === undefined ? null : Math.max(0, Math.floor((shell.expiresAt - now) / 1000)),
        },
  stored: stored.map(({ profile, kind, session }) => ({
    profile,
    kind,
    accessKeyId: session.accessKeyId,
    principalArn: session.principalArn ?? null,
    expiration: isoSeconds(session.expiresAt),
    secondsLeft: Math.floor((session.expiresAt - now) / 1000),
  })),
});

const KINDS = {
  'get-session-token': 'session token',
  'assume-role': 'role',
  'web-identity': 'role',
} as const;

function asText(shell: ShellIdentity | undefined, stored: readonly StoredSession[], world: World): string {
  const now = world.now();
  const who =
    shell === undefined
      ? 'this shell is nobody\n'
      : `this shell is ${shell.profile}${shell.region === undefined ? '' : ` in ${shell.region}`}${shell.expiresAt === undefined ? '' : ` (${left(shell.expiresAt, now)} left)`}\n`;
  if (stored.length === 0) return `${who}no sessions are stored\n`;
  const rows = stored.map(({ profile, kind, session }) => [
    profile,
    KINDS[kind],
    left(session.expiresAt, now),
    isoSeconds(session.expiresAt),
  ]);
  return `${who}\n${table([['PROFILE', 'STORED', 'LEFT', 'UNTIL'], ...rows], world.out.columns)}`;
}
