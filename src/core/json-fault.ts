/** A bracket, a mark between parts, or a whole value, with the white space before it (RFC 8259). */
const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;
const WHITE_SPACE = /[ \t\n\r]*/y;

/** What may stand at a place: a value, or the name of one, or what follows a value. */
type Wanted = 'value' | 'first value' | 'name' | 'first name' | 'colon' | 'next';

/**
 * Where a text stops being JSON, in characters; undefined: it is JSON. Engines say it in words of their own, or not at
 * all.
 */
export function jsonFault(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  for (let at = 0; ;) {
    WHITE_SPACE.lastIndex = at;
    WHITE_SPACE.test(text);
    at = WHITE_SPACE.lastIndex;
    if (at === text.length && wanted === 'next' && open.length === 0) return undefined;
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) return at;
    const [, mark, name] = found;
    const next: Wanted | undefined = after(wanted, mark ?? (name === undefined ? 'value' : 'string'), open);
    if (next === undefined) return at;
    wanted = next;
    at = TOKEN.lastIndex;
  }
}

/** What is wanted after a token; undefined: it must not stand there. Keeps what is open. */
function after(wanted: Wanted, token: string, open: ('{' | '[')[]): Wanted | undefined {
  if (wanted === 'colon') return token === ':' ? 'value' : undefined;
  if (wanted === 'next' && token === ',') return afterComma(open);
  if (token === '}' && open.at(-1) === '{' && (wanted === 'next' || wanted === 'first name'))
    return closed(open);
  if (token === ']' && open.at(-1) === '[' && (wanted === 'next' || wanted === 'first value'))
    return closed(open);
  if (wanted === 'name' || wanted === 'first name') return token === 'string' ? 'colon' : undefined;
  if (wanted === 'next') return undefined;
  if (token === 'string' || token === 'value') return 'next';
  if (token !== '{' && token !== '[') return undefined;
  open.push(token);
  return token === '{' ? 'first name' : 'first value';
}

function afterComma(open: readonly string[]): Wanted | undefined {
  const last = open.at(-1);
  return last === undefined ? undefined : last === '{' ? 'name' : 'value';
}

function closed(open: unknown[]): Wanted {
  open.pop();
  return 'next';
}
