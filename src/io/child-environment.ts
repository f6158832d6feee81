import { badProfile } from '../errors';
import type { Environment } from '../world';

/** What steers this run, and no run that a child of it may begin: whose function evals us, and the code we were given. */
const OURS_ALONE = ['TSAWSUME_SHELL', 'TSAWSUME_MFA_TOKEN'] as const;

/** The commands of which this run is a part, each on a line: `credential_process`es that run tsawsume again. */
const WITHIN = 'TSAWSUME_WITHIN';

/** The environment of a command that gives us something: ours, without what steers us. */
export function childEnvironment(env: Environment): Environment {
  const child: Record<string, string | undefined> = { ...env };
  for (const name of OURS_ALONE) Reflect.deleteProperty(child, name);
  return child;
}

/**
 * The same for a `credential_process`, marked with its command: a profile whose process asks tsawsume for that very
 * profile would otherwise start itself without end.
 * @throws badProfile when this run is already a part of that command.
 */
export function processEnvironment(command: string, env: Environment): Environment {
  const within = (env[WITHIN] ?? '').split('\n').filter((line) => line !== '');
  const line = command.replace(/\s+/g, ' ');
  if (within.includes(line)) {
    throw badProfile(
      'credential_process goes round in a circle: it asks tsawsume for the profile that it is to give the keys of',
      'let it name a program or a profile that has keys of its own',
    );
  }
  return { ...childEnvironment(env), [WITHIN]: [...within, line].join('\n') };
}
