import type { Header } from './grammar';

const PREFIXES = ['profile', 'sso-session', 'services'] as const;

/** What a header says it opens; `plain` is one without a prefix. */
export interface Meaning {
  readonly kind: (typeof PREFIXES)[number] | 'plain';
  readonly name: string;
}

export function meaningOf(header: Header): Meaning {
  const { text } = header;
  for (const kind of PREFIXES) {
    if (!text.startsWith(kind)) continue;
    const rest = text.slice(kind.length);
    const name = rest.trimStart();
    // The prefix needs white space behind it: [profilex] is no profile.
    if (name.length < rest.length) return { kind, name: unquoted(name) };
  }
  return { kind: 'plain', name: text };
}

/** The AWS CLI writes a name with white space in quotes, and reads it without them. */
function unquoted(name: string): string {
  const quote = name.charAt(0);
  const isQuoted = (quote === '"' || quote === "'") && name.length > 1 && name.endsWith(quote);
  return isQuoted ? name.slice(1, -1).trim() : name;
}
