import { exportLine } from '../cli/export-line';
import { exportShortly } from '../commands/short-export';
import { openShortWay } from './ports';
import { over } from './run';

/**
 * `export PROFILE`, which SDKs run as a `credential_process`, where nothing has changed since it was last resolved.
 * @returns whether the line was such a one and the run is over; if not, nothing was done.
 */
export function isOver(): boolean {
  const { argv, env } = process;
  const [, , verb, ...words] = argv;
  const line = verb === 'export' ? exportLine(words) : undefined;
  if (line === undefined) return false;
  return over(() => {
    const ports = openShortWay(env);
    return ports !== undefined && exportShortly(ports, line);
  });
}
