import type { Header } from './grammar';
import { readHeader } from './grammar';

/** A header and what follows it, up to the next header. One after the other the blocks are the whole text. */
export interface Block {
  /** Absent for what stands before the first header. */
  readonly header?: Header;
  /** The header's line, from 1; 0 where there is none. */
  readonly line: number;
  /** Where the body begins and ends in the text; the header's own line lies before `start`. */
  readonly start: number;
  readonly end: number;
}

export interface HeadedBlock extends Block {
  readonly header: Header;
}

export interface Blocks {
  /** What stands before the first header; often empty. */
  readonly preamble: Block;
  /** In the file's order. */
  readonly sections: readonly HeadedBlock[];
}

/** One pass that looks for headers and at nothing else, so that a big file costs little. */
export function blocksOf(text: string): Blocks {
  const sections: HeadedBlock[] = [];
  let preambleEnd = text.length;
  let open: { header: Header; line: number; start: number } | undefined;
  let line = 0;
  for (let at = 0, next = 0; at < text.length; at = next) {
    const newline = text.indexOf('\n', at);
    next = newline === -1 ? text.length : newline + 1;
    line += 1;
    const header = mayBeHeader(text, at, next) ? readHeader(text.slice(at, next)) : undefined;
    if (header === undefined) continue;
    if (open === undefined) preambleEnd = at;
    else sections.push({ header: open.header, line: open.line, start: open.start, end: at });
    open = { header, line, start: next };
  }
  if (open !== undefined) sections.push({ ...open, end: text.length });
  return { preamble: { line: 0, start: 0, end: preambleEnd }, sections };
}

/** Most lines begin with a letter, and are done with here. */
function mayBeHeader(text: string, start: number, end: number): boolean {
  const code = text.charCodeAt(start);
  if (code === 0x5b) return true;
  if (code > 0x20 && code < 0x80) return false;
  return text.slice(start, end).trimStart().startsWith('[');
}
