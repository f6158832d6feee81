import { blaming } from '../core/blame';
import type { RootStep } from '../core/plan';
import type { Session } from '../core/session';
import { badProfile } from '../errors';
import type { AwsFiles, World } from '../world';

/** Where keys are. */
export interface Roots {
  readonly files: AwsFiles;
  /** The keys of `--json`. */
  readonly given: Session | undefined;
}

/** The keys that a chain begins with: from the command line, from the files, from a process, from the machine. */
export async function rootSession(
  world: World,
  { files, given }: Roots,
  { root }: RootStep,
): Promise<Session> {
  switch (root.by) {
    case 'json':
      if (given === undefined) throw new TypeError('a plan with keys that were not given');
      return given;
    case 'process':
      return blaming(root.profile, root.command.from, () => world.credentialProcess(root.command.value));
    case 'machine':
      return blaming(root.profile, root.source.from, () => world.machineCredentials(root.source.value));
    case 'keys': {
      const keys = files.keysOf(root.profile);
      if (keys === undefined) throw badProfile(`profile "${root.profile}" lost its keys while it was read`);
      return keys;
    }
  }
}
