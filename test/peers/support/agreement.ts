import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run, variables, World } from '../../support/harness';
import { moveIn, ownerOfKey, short } from './cast';
import { AWS_ALONE, peer } from './peers';

/** A HOME, a wish, and who that makes of somebody. */
export interface Case {
  readonly what: string;
  readonly config?: string;
  readonly credentials?: string;
  /** Absent: nobody names one. */
  readonly profile?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** More files of HOME; `TOKEN` becomes a web identity token. */
  readonly files?: Readonly<Record<string, string>>;
  /** `user/ann`, `assumed-role/one`, or `refused`. */
  readonly who: string;
}

/** Where they go different ways, on purpose. */
export interface Exception extends Case {
  /** Who it is to the AWS CLI. */
  readonly theirs: string;
  readonly why: string;
}

/** What one of the two programs made of a case: the identity, and the roles on the way, as STS heard of them. */
export interface Seen {
  readonly who: string;
  readonly steps: readonly string[];
  readonly said: string;
}

export interface Both {
  readonly ours: Seen;
  readonly theirs: Seen;
}

/** Plays a case to both programs, each against an STS and a HOME that know nothing yet. */
export async function play(wish: Case): Promise<Both> {
  return { ours: await playOne(wish, tsawsume), theirs: await playOne(wish, awsCli) };
}

type Player = (world: World, wish: Case) => Promise<Pick<Seen, 'who' | 'said'>>;

async function playOne(wish: Case, player: Player): Promise<Seen> {
  const world = await World.open();
  try {
    moveIn(world.sandbox);
    const { path } = world.home;
    const token = world.sandbox.cloud.webIdentities.issue({
      provider: 'ci.example.com',
      subject: 'repo:example/app',
      audience: 'sts.amazonaws.com',
      expiresAt: Date.now() + 3_600_000,
    });
    const here = (text = ''): string => text.replaceAll('HOME', path).replaceAll('TOKEN', token);
    world.home.write(here(wish.config), here(wish.credentials));
    for (const [name, text] of Object.entries(wish.files ?? {})) writeFileSync(join(path, name), here(text));
    const seen = await player(world, wish);
    return { ...seen, steps: stepsOf(world) };
  } finally {
    await world.close();
  }
}

async function tsawsume(world: World, { profile, env }: Case): Promise<Pick<Seen, 'who' | 'said'>> {
  const args = ['export', ...(profile === undefined ? [] : [profile]), '--format', 'json'];
  const { code, stdout, stderr } = await world.run(args, { env: { ...AWS_ALONE, ...env } });
  if (code === 0)
    return { who: ownerOfKey(world.sandbox, variables(stdout)['AWS_ACCESS_KEY_ID']), said: stderr };
  expect(stdout).toBe('');
  return { who: 'refused', said: stderr };
}

async function awsCli(world: World, { profile, env }: Case): Promise<Pick<Seen, 'who' | 'said'>> {
  const named = profile === undefined ? [] : ['--profile', profile];
  const ask = [peer('aws'), ...named, 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'];
  const { code, stdout, stderr } = await run(ask, { env: { ...world.env, ...AWS_ALONE, ...env } });
  return code === 0 ? { who: short(stdout.trim()), said: stderr } : { who: 'refused', said: stderr };
}

/** `user/ann > one`, with what else was asked for, in one notation for both programs. */
function stepsOf({ sandbox }: World): readonly string[] {
  const assumed = sandbox.journal.calls.filter(({ action }) => action.startsWith('AssumeRole'));
  return assumed.map(({ accessKeyId, params }) => {
    const wishes = [
      params['ExternalId'] ?? '',
      // An hour is what STS makes of no wish.
      params['DurationSeconds'] === '3600' ? '' : (params['DurationSeconds'] ?? ''),
      // The names that the programs make up themselves differ, and may.
      /^named/.exec(params['RoleSessionName'] ?? '') === null ? '' : (params['RoleSessionName'] ?? ''),
    ].filter((wish) => wish !== '');
    return [ownerOfKey(sandbox, accessKeyId), '>', params['RoleArn']?.split('/')[1], ...wishes].join(' ');
  });
}
