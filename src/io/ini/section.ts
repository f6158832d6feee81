import type { Origin } from '../../core/names';
import type { Problem, Property, Section, Sub } from '../../core/section';
import type { Block } from './blocks';
import type { Flaw } from './grammar';
import { readBodyLine, readPair } from './grammar';

/** A property while its continuation lines are still coming in. */
interface Open {
  readonly key: string;
  readonly value: string;
  readonly indent: number;
  readonly origin: Origin;
  readonly more: { readonly text: string; readonly origin: Origin }[];
}

/** Reads the blocks of one name as one section: duplicate sections merge, and a later duplicate property wins. */
export function readSection(file: string, text: string, first: Block, others: readonly Block[]): Section {
  const properties = new Map<string, Property>();
  const problems: Problem[] = [];
  const complain = (flaw: Flaw, origin: Origin): void => {
    problems.push({ origin, message: flaw.message, hint: flaw.hint });
  };
  for (const block of [first, ...others]) {
    if (block.header?.flaw !== undefined) complain(block.header.flaw, { file, line: block.line });
    for (const open of readBody(file, text, block, complain)) properties.set(open.key, close(open, complain));
  }
  return { origin: { file, line: first.line }, properties, problems };
}

type Complain = (flaw: Flaw, origin: Origin) => void;

function readBody(file: string, text: string, block: Block, complain: Complain): readonly Open[] {
  const found: Open[] = [];
  let open: Open | undefined;
  let line = block.line;
  for (const raw of text.slice(block.start, block.end).split('\n')) {
    line += 1;
    const read = readBodyLine(raw, open?.indent);
    const origin = { file, line };
    if (read.kind === 'property') {
      open = { key: read.key, value: read.value, indent: read.indent, origin, more: [] };
      found.push(open);
    } else if (read.kind === 'continuation') {
      open?.more.push({ text: read.text, origin });
    } else if (read.kind === 'junk') {
      complain(read.flaw, origin);
    }
  }
  return found;
}

/**
 * Indented lines under an empty value (`s3 =`) are settings of their own, which belong to it alone; under a value
 * they are more of that value, joined with a line break, as the AWS CLI reads them.
 */
function close(open: Open, complain: Complain): Property {
  const { value, origin, more } = open;
  if (value !== '')
    return { value: [value, ...more.map((each) => each.text)].join('\n'), origin, nested: new Map() };
  const nested = new Map<string, Sub>();
  for (const each of more) {
    const pair = readPair(each.text);
    if ('flaw' in pair) complain({ ...pair.flaw, hint: NESTED_HINT }, each.origin);
    else nested.set(pair.key, { value: pair.value, origin: each.origin });
  }
  return { value, origin, nested };
}

const NESTED_HINT =
  'an indented line belongs to the setting above it: write it as key = value, or make it a comment with #';
