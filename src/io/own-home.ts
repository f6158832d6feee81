import type { Environment } from '../world';

/** HOME, where Windows has it too; undefined: there is none. */
export const homeOf = (env: Environment, platform: NodeJS.Platform): string | undefined =>
  env['HOME'] || (platform === 'win32' ? env['USERPROFILE'] : undefined) || undefined;

/** `~/.tsawsume`, or where TSAWSUME_HOME says; undefined: there is no home. */
export function ownHomeOf(env: Environment, platform: NodeJS.Platform): string | undefined {
  const home = homeOf(env, platform);
  return env['TSAWSUME_HOME'] || (home === undefined ? undefined : `${home}/.tsawsume`);
}
