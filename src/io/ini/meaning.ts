const PREFIXES = ['profile', 'sso-session', 'services'] as const;

/** What a header says it opens; `plain` is one without a prefix. */
export interface Meaning {
  readonly kind: (typeof PREFIXES)[number] | 'plain';
  readonly name: string;
}

/** @param title what stands between a header's brackets, trimmed. */
export function meaningOf(title: string): Meaning {
  // As nearly every header is: no quote, no more white space. Ten thousand times the general way would be felt.
  const first = title.charCodeAt(8);
  if (first > 0x2c && first < 0x7f && title.startsWith('profile '))
    return { kind: 'profile', name: title.slice(8) };
  for (const kind of PREFIXES) {
    if (!title.startsWith(kind)) continue;
    const rest = title.slice(kind.length);
    const name = rest.trimStart();
    // The prefix needs white space behind it: [profilex] is no profile.
    if (name.length < rest.length) return { kind, name: unquoted(name) };
  }
  return { kind: 'plain', name: title };
}

/** The AWS CLI writes a name with white space in quotes, and reads it without them. */
function unquoted(name: string): string {
  const quote = name.charAt(0);
  const isQuoted = (quote === '"' || quote === "'") && name.length > 1 && name.endsWith(quote);
  return isQuoted ? name.slice(1, -1).trim() : name;
}
