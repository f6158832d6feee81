import { becoming } from '../core/identity';
import { json } from '../shells/json';
import { posix } from '../shells/posix';
import { credentialProcess } from '../shells/process';
import type { Shell } from '../shells/shell';
import type { World } from '../world';
import { goShortWay, type ShortWayPorts } from './short-way';

/** The forms that have it: for shells, for programs, and for the AWS SDKs. */
export const SHORT_FORMATS = ['env', 'json', 'process'] as const;
export type ShortFormat = (typeof SHORT_FORMATS)[number];
const FORMATS: Readonly<Record<ShortFormat, Shell>> = { env: posix, json, process: credentialProcess };

/** A line that needs no parser, such as people write into a `credential_process`. */
export interface ExportLine {
  readonly profile: string;
  readonly format: ShortFormat;
  /** Seconds that the session must have left. */
  readonly minTtlSeconds: number;
}

/**
 * `tsawsume export PROFILE` by the short way: does what `export` does, and throws `refused` as it does.
 * @returns false when that way can't be gone, and nothing was done.
 */
export function exportShortly(ports: ShortWayPorts & Pick<World, 'out'>, line: ExportLine): boolean {
  const { env, out } = ports;
  // What a function captured to eval would have to be code that prints it.
  if ((env['TSAWSUME_SHELL'] ?? '') !== '') return false;
  const end = goShortWay(ports, line.profile, line.minTtlSeconds);
  if (end === undefined) return false;
  const { way, session } = end;
  const identity = { profile: way.profile, session, region: way.region };
  out.write(FORMATS[line.format].render(becoming(identity, env)));
  return true;
}
