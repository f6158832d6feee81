import { accessSync, constants } from 'node:fs';
import { basename, delimiter, isAbsolute, join } from 'node:path';
import { PLACES } from '../sandbox/shell-files';
import type { Environment } from '../world';

/** The outer shell's identity and wishes, which would reach into the sandbox. */
const OUTER = /^(AWS|TSAWSUME|AWSUME)_/;
/** Where shells and programs would look past HOME for the person's own files. */
const PAST_HOME = [
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'XDG_CACHE_HOME',
  'BASH_ENV',
  'PROMPT_COMMAND',
  'HISTFILE',
];

/**
 * The environment of what runs in the sandbox. Every endpoint is the sandbox, not only STS's: a call that it doesn't
 * know is refused there, and never reaches AWS with keys that it would not know either.
 */
export function sandboxEnv(outer: Environment, home: string, url: string): Environment {
  const kept = Object.entries(outer).filter(([name]) => !OUTER.test(name) && !PAST_HOME.includes(name));
  return {
    ...Object.fromEntries(kept),
    ...pastProxies(outer),
    HOME: home,
    ZDOTDIR: home,
    ENV: join(home, '.shrc'),
    PATH: [join(home, PLACES.bin), outer['PATH'] || '/usr/bin:/bin'].join(delimiter),
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_STS: url,
    TSAWSUME_SIGNIN_ENDPOINT: url,
  };
}

/** A proxy can't reach our loopback. */
function pastProxies(outer: Environment): Environment {
  if (!Object.keys(outer).some((name) => /^(https?|all)_proxy$/i.test(name))) return {};
  const known = outer['no_proxy'] || outer['NO_PROXY'];
  const value = [...(known === undefined ? [] : [known]), '127.0.0.1'].join(',');
  return { no_proxy: value, NO_PROXY: value };
}

/** The person's own shell where we have a start file for it, else bash, else sh. */
export function shellCommand(env: Environment, home: string): readonly [string, ...string[]] {
  const own = env['SHELL'] ?? '';
  const bash = (path: string): readonly [string, ...string[]] => [path, '--rcfile', join(home, '.bashrc')];
  if (isAbsolute(own) && executable(own)) {
    if (basename(own) === 'bash') return bash(own);
    if (basename(own) === 'zsh' || basename(own) === 'fish') return [own];
  }
  const folders = (env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => executable(join(folder, 'bash'))) ? bash('bash') : ['sh'];
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
