import { describeProfile, type ProfileRow } from '../core/describe-profile';
import { table } from '../core/table';
import type { World } from '../world';
import { answer } from './answer';
import { awsFiles, type FileFlags } from './aws-files';

export interface ListFlags extends FileFlags {
  readonly json?: boolean;
}

const HEADER = ['PROFILE', 'TYPE', 'SOURCE', 'MFA', 'REGION', 'ACCOUNT'] as const;

/** `tsawsume list`: the profiles, sorted by name; a bad one stands among the good ones and says what is wrong. */
export async function list(world: World, flags: ListFlags): Promise<void> {
  const { profiles } = (await awsFiles(world, flags)).files;
  const rows = [...profiles.names()].sort().flatMap((name) => describeProfile(profiles, name) ?? []);
  if (flags.json === true) {
    answer(world, `${JSON.stringify(rows, undefined, 2)}\n`);
    return;
  }
  if (rows.length === 0) {
    world.people.say(
      'no profiles yet: write them into ~/.aws/config, or try it all without an account: tsawsume sandbox',
    );
    return;
  }
  answer(world, table([HEADER, ...rows.map(cells)], world.out.columns));
  for (const row of rows)
    if (row.problem !== undefined) world.people.warn(`profile "${row.profile}": ${row.problem}`);
}

const cells = (row: ProfileRow): readonly string[] => [
  row.profile,
  row.type,
  row.source ?? '-',
  row.mfa ? 'yes' : 'no',
  row.region ?? '-',
  row.account ?? '-',
];
