import type { Settings } from '../core/settings';
import type { AwsFiles, World } from '../world';

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
  // A path that is given wins over the environment's, so the settings give theirs only where that has none.
  const unlessNamed = (variable: string, path: string | undefined): string | undefined =>
    (world.env[variable] ?? '') === '' ? path : undefined;
  const files = world.awsFiles({
    config: flags.configFile ?? unlessNamed('AWS_CONFIG_FILE', settings.configFile),
    credentials:
      flags.credentialsFile ?? unlessNamed('AWS_SHARED_CREDENTIALS_FILE', settings.credentialsFile),
  });
  return { files, settings };
}
