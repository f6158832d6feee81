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

/**
 * Where the headers of a file are: one pass that looks for brackets and at nothing else. Of each it keeps numbers
 * and a name: with an object or two for each of 10,000 sections, half of the time went into collecting garbage.
 */
export class Blocks {
  /** What stands between each header's brackets, trimmed, in the file's order. */
  readonly titles: readonly string[];
  readonly #text: string;
  readonly #lines: Lines;
  /** Where each header's line begins. */
  readonly #at: number[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#lines = new Lines(text);
    this.titles = this.#scan();
  }

  #scan(): string[] {
    const text = this.#text;
    const titles: string[] = [];
    const starts = this.#at;
    for (let bracket = text.indexOf('['); bracket !== -1;) {
      const newline = text.indexOf('\n', bracket);
      const atMargin = bracket === 0 || text.charCodeAt(bracket - 1) === NEWLINE;
      const at = atMargin ? bracket : text.lastIndexOf('\n', bracket) + 1;
      const title =
        // As nearly every header is: at the margin, with its only closing bracket at the line's end.
        atMargin && newline !== -1 && text.indexOf(']', bracket) === newline - 1
          ? text.slice(bracket + 1, newline - 1).trim()
          : atMargin || text.slice(at, bracket).trim() === ''
            ? readHeader(lineAt(text, at))?.text
            : undefined;
      if (title !== undefined) {
        starts.push(at);
        titles.push(title);
      }
      bracket = newline === -1 ? -1 : text.indexOf('[', newline);
    }
    return titles;
  }

  /** What stands before the first header; often empty. */
  preamble(): Block {
    return { line: 0, start: 0, end: this.#at[0] ?? this.#text.length };
  }

  /** @param index of the header in `titles`. */
  block(index: number): HeadedBlock | undefined {
    const at = this.#at[index];
    if (at === undefined) return undefined;
    const line = lineAt(this.#text, at);
    const header = readHeader(line);
    if (header === undefined) return undefined;
    const end = this.#at[index + 1] ?? this.#text.length;
    return { header, line: this.#lines.numberAt(at), start: at + line.length, end };
  }
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
