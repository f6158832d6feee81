import { usage, type TsawsumeError } from '../errors';

/** What awsume has and tsawsume has not, and what to do instead: never silently ignored. */
const INSTEAD: Readonly<Record<string, string>> = {
  '--config': 'it is a verb here: tsawsume config get KEY, set KEY VALUE, reset [KEY] or list',
  '--refresh-autocomplete': 'nothing needs it here: completion reads the profiles as they are',
  '--list-plugins': 'there are no plugins here: see tsawsume --help for what is built in',
  '--with-saml': 'let a program that speaks SAML be the credential_process of a profile',
  '--principal-arn':
    'it belongs to SAML: let a program that speaks it be the credential_process of a profile',
  '--with-web-identity': 'write role_arn and web_identity_token_file into a profile; no flag is needed',
};

/**
 * A command line that commander could not read, told in our way: one line, one hint, and of a flag never its value,
 * which may be a code or a key.
 */
export function misread(message: string, argv: readonly string[]): TsawsumeError {
  const [first = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const unknown = /^unknown option '(-[^'=]*)/.exec(first)?.[1];
  if (unknown === undefined) return usage(first, 'see: tsawsume --help');
  const instead = Object.hasOwn(INSTEAD, unknown) ? INSTEAD[unknown] : undefined;
  if (instead !== undefined) return usage(`${unknown} is awsume's, and tsawsume has it not`, instead);
  const hint = /^\((.*)\)$/.exec(suggestion ?? '')?.[1]?.replace('Did', 'did');
  const behind = argv.includes('--') ? '' : '; what belongs to a command comes after --';
  return usage(`unknown option ${unknown}`, hint ?? `see: tsawsume --help${behind}`);
}
