import { describeProfile, type ProfileRow } from '../core/describe-profile';
import type { Palette } from '../core/palette';
import { byProfile, storedUntil } from '../core/stored-until';
import { table } from '../core/table';
import { describeSeconds, isoSeconds } from '../core/time';
import { usage } from '../errors';
import type { World } from '../world';
import { answer } from './answer';
import type { AskedAccount } from './ask-accounts';
import { awsFiles, type FileFlags } from './aws-files';

export interface ListFlags extends FileFlags {
  readonly json?: boolean | string;
  readonly more?: boolean;
  /** What followed `-l`: awsume knows `more` and `list`. */
  readonly listProfiles?: boolean | string;
}

/** A profile as it is listed. */
interface Listed extends ProfileRow {
  /** Milliseconds UTC. */
  readonly storedUntil: number | undefined;
  /** What STS said, when it was asked. */
  readonly asked: AskedAccount | undefined;
}

const HEADER = ['PROFILE', 'TYPE', 'SOURCE', 'MFA', 'REGION', 'ACCOUNT', 'STORED'] as const;

/** `tsawsume list`: the profiles, sorted by name; a bad one stands among the good ones and says what is wrong. */
export async function list(world: World, flags: ListFlags): Promise<void> {
  const more = wantsMore(flags);
  const { files, settings } = await awsFiles(world, flags);
  const { profiles } = files;
  const rows = [...profiles.names()].sort().flatMap((name) => describeProfile(profiles, name) ?? []);
  const stored = byProfile(rows.length === 0 ? [] : (await world.store()).all());
  const accounts = more ? await askAll(world, flags, rows) : undefined;
  const listed = rows.map((row) => ({
    ...row,
    storedUntil: storedUntil(row, stored),
    asked: accounts?.get(row.profile),
  }));
  if (flags.json === true) answer(world, `${JSON.stringify(listed.map(asJson), undefined, 2)}\n`);
  else if (listed.length === 0)
    world.people.say(
      'no profiles yet: write them into ~/.aws/config, or try it all without an account: tsawsume sandbox',
    );
  else answer(world, asTable(listed, more, world, await world.palette(settings.colors)));
  for (const { message, origin } of profiles.fileProblems())
    world.people.warn(`${origin.file}:${String(origin.line)}: ${message}`);
}

function wantsMore({ more, listProfiles }: ListFlags): boolean {
  if (typeof listProfiles !== 'string' || listProfiles === 'list') return more === true;
  if (listProfiles === 'more') return true;
  throw usage('-l takes nothing but more', 'tsawsume -l more asks STS for each account');
}

async function askAll(
  world: World,
  flags: FileFlags,
  rows: readonly ProfileRow[],
): Promise<ReadonlyMap<string, AskedAccount>> {
  const { askAccounts } = await import('./ask-accounts');
  return askAccounts(
    world,
    rows.filter(({ type }) => type !== 'bad').map(({ profile }) => profile),
    flags,
  );
}

function asTable(listed: readonly Listed[], more: boolean, world: World, palette: Palette): string {
  const now = world.now();
  const header: readonly string[] = more ? [...HEADER, 'STS SAYS'] : HEADER;
  const rows = listed.map((row) => cells(row, more, now));
  return table([header, ...rows], world.out.columns, (text, at, column) => {
    const row = listed[at - 1];
    if (row === undefined) return palette.strong(text);
    if (row.problem !== undefined) return column === 0 ? text : palette.bad(text);
    if (column === 6 && row.storedUntil !== undefined) return palette.good(text);
    if (column === 7 && row.asked?.arn === undefined) return palette.warning(text);
    return text.trim() === '-' || text.trim() === 'no' ? palette.faint(text) : text;
  });
}

function cells(row: Listed, more: boolean, now: number): readonly string[] {
  if (row.problem !== undefined) return [row.profile, row.type, row.problem];
  const columns = [
    row.profile,
    row.type,
    row.source ?? '-',
    row.mfa ? 'yes' : 'no',
    row.region ?? '-',
    row.asked?.account ?? row.account ?? '-',
    row.storedUntil === undefined ? '-' : describeSeconds((row.storedUntil - now) / 1000),
  ];
  return more ? [...columns, row.asked?.arn ?? row.asked?.failure ?? '-'] : columns;
}

const asJson = ({ storedUntil: until, asked, ...row }: Listed): object => ({
  ...row,
  stored: until === undefined ? undefined : isoSeconds(until),
  sts: asked,
});
