import type { Settings } from '../core/settings';
import type { AwsFiles, GivenPaths, World } from '../world';
import { tellFiles } from './tell';

export interface FileFlags {
  readonly configFile?: string;
  readonly credentialsFile?: string;
}

/** AWS's two files: where the flags say, else the environment, else the settings, else `~/.aws`. */
export async function awsFiles(
  world: World,
  flags: FileFlags,
): Promise<{ readonly files: AwsFiles; readonly settings: Settings }> {
  const settings = await world.settings();
  const files = world.awsFiles(givenPaths(world, flags, settings));
  tellFiles(world, files, settings);
  return { files, settings };
}

/** Where the flags or the settings say that they are; undefined: the environment, or `~/.aws`. */
export function givenPaths(world: World, flags: FileFlags, settings: Settings): GivenPaths {
  // A path that is given wins over the environment's, so the settings give theirs only where that has none.
  const unlessNamed = (variable: string, path: string | undefined): string | undefined =>
    (world.env[variable] ?? '') === '' ? path : undefined;
  return {
    config: flags.configFile ?? unlessNamed('AWS_CONFIG_FILE', settings.configFile),
    credentials:
      flags.credentialsFile ?? unlessNamed('AWS_SHARED_CREDENTIALS_FILE', settings.credentialsFile),
  };
}
