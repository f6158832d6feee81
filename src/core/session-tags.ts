import { usage, type TsawsumeError } from '../errors';
import { quoted } from './words';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** STS, AssumeRole, Tags: at most so many, and these characters; no comma is among them. */
const MOST_TAGS = 50;
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const HINT = 'give pairs: -t project=apollo -t team=blue, or -t project=apollo,team=blue';

/**
 * The session tags of `--session-tags`, each text one pair or several between commas (awsume's way): no tag can hold a
 * comma. The first `=` ends the key. Throws `usage` for what STS would refuse.
 */
export function parseTags(texts: readonly string[]): readonly Tag[] {
  const tags = texts.flatMap((text) => {
    // The AWS CLI's way of writing it would be two tags, named Key and Value.
    if (/(^|,)Key=[^,]*,\s*Value=/.test(text)) throw wrong('are pairs, not Key=…,Value=…');
    const parts = text.split(/,\s*/).filter((part) => part !== '');
    if (parts.length === 0) throw wrong('want KEY=VALUE');
    return parts;
  });
  const parsed = tags.map(parseTag);
  if (parsed.length > MOST_TAGS) throw wrong(`are ${String(parsed.length)}, and STS takes ${MOST_TAGS}`);
  const keys = parsed.map(({ key }) => key.toLowerCase());
  const twice = parsed.find(({ key }, index) => keys.indexOf(key.toLowerCase()) !== index);
  // STS compares keys without regard to case.
  if (twice !== undefined) throw wrong(`name the key ${quoted(twice.key)} twice`);
  return parsed;
}

function parseTag(text: string): Tag {
  const at = text.indexOf('=');
  if (at < 1) throw wrong('want KEY=VALUE');
  const tag = { key: text.slice(0, at), value: text.slice(at + 1) };
  const { key, value } = tag;
  if (key.length > 128) throw wrong('have a key of more than 128 characters');
  if (value.length > 256) throw wrong(`have a value of more than 256 characters (key ${quoted(key)})`);
  if (!TAG_TEXT.test(key) || !TAG_TEXT.test(value))
    throw wrong(
      `have characters STS refuses (key ${quoted(key)})`,
      'use letters, digits, spaces and any of _.:/=+-@',
    );
  if (key.toLowerCase().startsWith('aws:'))
    throw wrong('begin with aws:, which is reserved', 'rename the key');
  return tag;
}

const wrong = (what: string, hint = HINT): TsawsumeError => usage(`the tags of --session-tags ${what}`, hint);

/**
 * The keys of `--transitive-tag-keys`. Each must be among this call's tags: STS refuses any other, and a tag that is
 * inherited is transitive already (IAM, "Chaining roles with session tags").
 */
export function checkedTransitiveKeys(keys: readonly string[], tags: readonly Tag[]): readonly string[] {
  const known = new Set(tags.map(({ key }) => key.toLowerCase()));
  const stranger = keys.find((key) => !known.has(key.toLowerCase()));
  if (stranger === undefined) return keys;
  throw usage(
    `--transitive-tag-keys names ${quoted(stranger)}, which is no session tag of this call`,
    'give the tag, too: -t KEY=VALUE (inherited tags go on by themselves)',
  );
}
