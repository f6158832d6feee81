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

const NEWLINE = 0x0a;
const CLOSING = 0x5d;

/** Where a header's line begins in the text. */
export type At = number;

/**
 * The headers of a file. To know one by its name is to look for that name, which costs a pass of `memmem`; only who
 * wants all of them pays for all: an object or two for each of 10,000 sections cost 20 ms, half of it in collecting them.
 */
export class Blocks {
  readonly #text: string;
  readonly #lines: Lines;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new Lines(text);
  }

  /** The headers with these characters in their line; undefined where too many lines have them for this to be quick. */
  holding(characters: string): readonly At[] | undefined {
    const text = this.#text;
    const found: At[] = [];
    let hits = 0;
    for (let hit = text.indexOf(characters); hit !== -1; hits += 1) {
      if (hits === MOST_HITS) return undefined;
      const at = text.lastIndexOf('\n', hit) + 1;
      const end = text.indexOf('\n', hit);
      if (mayBeHeader(text, at) && readHeader(lineAt(text, at)) !== undefined) found.push(at);
      hit = end === -1 ? -1 : text.indexOf(characters, end);
    }
    return found;
  }

  /** Every header, in the file's order, with what stands between its brackets, trimmed. */
  each(visit: (title: string, at: At) => void): void {
    const text = this.#text;
    for (let bracket = text.indexOf('['); bracket !== -1;) {
      const newline = text.indexOf('\n', bracket);
      const atMargin = bracket === 0 || text.charCodeAt(bracket - 1) === NEWLINE;
      const at = atMargin ? bracket : text.lastIndexOf('\n', bracket) + 1;
      const title =
        // As nearly every header is: at the margin, with its only closing bracket at the line's end. That there is one
        // is looked up first: the search for it must not leave the line.
        atMargin &&
        newline !== -1 &&
        text.charCodeAt(newline - 1) === CLOSING &&
        text.indexOf(']', bracket) === newline - 1
          ? text.slice(bracket + 1, newline - 1).trim()
          : mayBeHeader(text, at)
            ? readHeader(lineAt(text, at))?.text
            : undefined;
      if (title !== undefined) visit(title, at);
      bracket = newline === -1 ? -1 : text.indexOf('[', newline);
    }
  }

  /** What stands before the first header; often empty. */
  preamble(): Block {
    return { line: 0, start: 0, end: this.#next(0) };
  }

  /** The block that a header of this file opens. */
  block(at: At): HeadedBlock | undefined {
    const line = lineAt(this.#text, at);
    const header = readHeader(line);
    const start = at + line.length;
    return header && { header, line: this.#lines.numberAt(at), start, end: this.#next(start) };
  }

  /** Where the first header at or behind a line's beginning stands; the text's end when there is none. */
  #next(from: number): At {
    const text = this.#text;
    for (let bracket = text.indexOf('[', from); bracket !== -1;) {
      const at = text.lastIndexOf('\n', bracket) + 1;
      if (mayBeHeader(text, at) && readHeader(lineAt(text, at)) !== undefined) return at;
      const newline = text.indexOf('\n', bracket);
      bracket = newline === -1 ? -1 : text.indexOf('[', newline);
    }
    return text.length;
  }
}

/** More lines than this are sooner indexed than looked at one by one. */
const MOST_HITS = 500;

/** Most lines begin with a letter, and are done with here. */
function mayBeHeader(text: string, at: At): boolean {
  const code = text.charCodeAt(at);
  return code === 0x5b || code <= 0x20 || code >= 0x80;
}

/** With its line break. */
function lineAt(text: string, at: number): string {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.slice(at) : text.slice(at, newline + 1);
}

/** Numbers lines from 1, from the last that was asked for onwards: most are asked for in their order. */
class Lines {
  #at = 0;
  #line = 1;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param at where a line begins. */
  numberAt(at: number): number {
    if (at < this.#at) [this.#at, this.#line] = [0, 1];
    while (this.#at < at) {
      this.#at = this.#text.indexOf('\n', this.#at) + 1;
      this.#line += 1;
    }
    return this.#line;
  }
}
