import { badProfile, usage } from '../errors';
import { describeOrigin, type Sourced } from './names';
import { isSessionName } from './session-name';

/** What a template may name; each is asked for only where it stands. */
export interface TemplateValues {
  readonly user: () => string;
  readonly host: () => string;
  readonly profile: () => string;
}

const isName = (name: string): name is keyof TemplateValues => ['user', 'host', 'profile'].includes(name);

/** Whether a name is literal and one that AWS takes, or a template that can be filled in. */
export function isNameOrTemplate(text: string): boolean {
  const keys = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, key = '']) => key);
  return keys.length === 0 ? isSessionName(text) : keys.every(isName);
}

/**
 * A session name with `{user}`, `{host}` and `{profile}` filled in and cleaned to AWS's alphabet, 2 to 64 characters.
 * One without braces is literal, and stays for `checkedSessionName` to judge. Only the command line and the settings
 * speak in templates: in a profile, AWS's other tools take role_session_name as it stands.
 */
export function filledSessionName(name: Sourced | undefined, values: TemplateValues): Sourced | undefined {
  if (name === undefined || !/\{[^{}]*\}/.test(name.value)) return name;
  const filled = name.value.replace(/\{([^{}]*)\}/g, (_, key: string) => {
    if (isName(key)) return values[key]();
    const flag = typeof name.from === 'string' && name.from.startsWith('--');
    throw (flag ? usage : badProfile)(
      `a session name knows no {${key}} (${describeOrigin(name.from)})`,
      'it knows {user}, {host} and {profile}',
    );
  });
  const clean = filled.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
  return { ...name, value: clean.length < 2 ? `tsawsume-${clean}` : clean };
}
