import { becoming } from '../core/identity';
import type { SessionFlags } from '../core/request';
import { usage } from '../errors';
import { EXPORT_FORMATS, formatNamed } from '../shells';
import type { World } from '../world';
import { answer } from './answer';
import { noteStored } from './note-stored';
import { become } from './session';

export interface ExportFlags extends SessionFlags {
  readonly format?: string;
  readonly output?: string;
}

/** `tsawsume export PROFILE`: the session as text, on stdout or in a file of 0600. */
export async function exportSession(
  world: World,
  named: string | undefined,
  flags: ExportFlags,
): Promise<void> {
  const format = formatNamed(flags.format ?? 'env');
  if (format === undefined)
    throw usage('--format names no format', `use one of: ${EXPORT_FORMATS.join(', ')}`);
  const became = await become(world, named, flags);
  const rendered = format.render(becoming(became.identity, world.env));
  if (flags.output !== undefined) {
    world.writePrivate(flags.output, rendered);
    return;
  }
  const text = answer(world, rendered);
  if (isPlain(flags)) await noteStored(world, named, { text, became: false }, became);
}

/** Nothing that asks for another session than the profile's name alone: see `wayName`. */
const isPlain = (flags: ExportFlags): boolean =>
  Object.keys(flags).every((name) => name === 'format' || name === 'minTtl');
