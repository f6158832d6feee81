/** A fenced block of a document that is to be run, and what the document says it prints. */
export interface Block {
  /** The line of its first command, from 1. */
  readonly line: number;
  readonly script: string;
  /** Absent: the document does not say. */
  readonly output?: string;
}

export interface Document {
  readonly blocks: readonly Block[];
  /** Lines of shell blocks that are neither run nor say why they are not. */
  readonly unexplained: readonly number[];
}

/** Reads ```sh run, ```text output after it, and ```sh with a comment `<!-- not run: … -->` before it. */
export function readDocument(markdown: string): Document {
  const blocks: Block[] = [];
  const unexplained: number[] = [];
  const fence = /^```([^\n`]+)\n(.*?)^```$/gms;
  for (const { 1: kind = '', 2: text = '', index } of markdown.matchAll(fence)) {
    const before = markdown.slice(0, index);
    const line = before.split('\n').length + 1;
    const last = blocks.at(-1);
    if (kind === 'sh run') blocks.push({ line, script: text });
    else if (kind === 'text output' && last !== undefined) blocks.splice(-1, 1, { ...last, output: text });
    else if (!/<!-- not run: .+ -->\s*$/.test(before)) unexplained.push(line);
  }
  return { blocks, unexplained };
}
