import type { ConfigFile, CredentialsFile, Problem } from '../core/section';
import { Catalog, type Place } from './ini/catalog';
import { meaningOf } from './ini/meaning';
import { readSection } from './ini/section';

/**
 * AWS's two files from their text (SDKREF, file-format; semantics, Files). Nothing throws: what is wrong is a
 * problem of the section it stands in. A section is looked for and parsed when it is asked for, and once.
 * @param file the file's name, for origins; it is not opened.
 * @param text the whole file, decoded, without a byte-order mark.
 */
export function readConfigFile(file: string, text: string): ConfigFile {
  const catalog = new Catalog(file, text, configPlace);
  return {
    profiles: catalog.sections('profile'),
    ssoSessions: catalog.sections('sso-session'),
    services: catalog.sections('services'),
    ...whatElse(catalog, '[profile NAME]'),
  };
}

/** @see readConfigFile */
export function readCredentialsFile(file: string, text: string): CredentialsFile {
  const catalog = new Catalog(file, text, credentialsPlace);
  return { profiles: catalog.sections('profile'), ...whatElse(catalog, '[NAME]') };
}

const whatElse = (catalog: Catalog, header: string): Pick<CredentialsFile, 'strays' | 'problems'> => ({
  strays: () => catalog.index().strays,
  problems: () => [...homelessIn(catalog, header), ...catalog.index().nameless],
});

function configPlace(title: string): Place {
  const { kind, name } = meaningOf(title);
  if (name === '') return { kind: 'nameless', name };
  if (kind !== 'plain') return { kind, name };
  // `[profile default]` wins over `[default]` as a whole, wherever it stands.
  return name === 'default' ? { kind: 'profile', name, weak: true } : { kind: 'stray', name };
}

function credentialsPlace(title: string): Place {
  const { kind, name } = meaningOf(title);
  if (name === '') return { kind: 'nameless', name };
  return { kind: kind === 'plain' ? 'profile' : kind === 'profile' ? 'stray' : 'foreign', name };
}

/** A property that no section owns breaks no profile, but it does nothing either, and the AWS CLI refuses the file. */
function homelessIn({ file, text, blocks }: Catalog, header: string): Problem[] {
  const preamble = blocks.preamble();
  if (preamble.start === preamble.end) return [];
  const { problems, properties } = readSection(file, text, preamble, []);
  const homeless = [...properties.values()].map(({ origin }) => ({
    origin,
    message: 'a setting before the first section header',
    hint: `move it below a header such as ${header}`,
  }));
  return [...problems, ...homeless].sort((one, other) => one.origin.line - other.origin.line);
}
