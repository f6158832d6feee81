import { relative } from 'node:path/posix';
import type { Row } from '../rows';

/** One test as it ended, and what it printed. */
export interface Ended {
  /** From the top of the checkout. */
  readonly file: string;
  /** With the titles of what it stands in. */
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly printed: readonly string[];
}

export interface RowResult {
  readonly row: Row;
  readonly tests: readonly Ended[];
  /** What keeps the row from having passed, in words; none: it has. */
  readonly against: readonly string[];
}

/** `it.each` puts values where `%s` and its likes stand; the titles that it makes of one must still be known by it. */
const partOf = (title: string): RegExp =>
  new RegExp(
    title
      .split(/%[a-z]/)
      .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
    's',
  );

const ownRows = (title: string): readonly number[] =>
  (/^rows? (\d+(?:, \d+)*): /.exec(title)?.[1] ?? '').split(', ').map(Number);

/** How a row did. A test that was skipped, or named and not run, is against it as one that failed is. */
export function resultOf(row: Row, all: readonly Ended[]): RowResult {
  const named = row.elsewhere.map(([file, title]) => ({ file, title, part: partOf(title) }));
  const meets = (test: Ended, { file, part }: { file: string; part: RegExp }): boolean =>
    test.file === file && part.test(test.title);
  const tests = all.filter(
    (test) => ownRows(test.title).includes(row.number) || named.some((one) => meets(test, one)),
  );
  const unrun = named.filter((one) => !tests.some((test) => meets(test, one)));
  const against = [
    ...tests
      .filter(({ state }) => state !== 'passed')
      .map(({ file, title, state }) => `${state}: ${file}: ${title}`),
    ...unrun.map(({ file, title }) => `not run: ${file}: ${title}`),
    ...(tests.length + unrun.length === 0 ? ['no test of it was run'] : []),
  ];
  return { row, tests, against };
}

/** The rows as a table of Markdown, for a document that lies in `folder`, and below it what failed. */
export function report(results: readonly RowResult[], folder: string): string {
  const good = results.filter(({ against }) => against.length === 0).length;
  const bad = results.flatMap(({ row, against }) => against.map((one) => `- ${row.number}: ${cell(one)}`));
  return [
    `**${good} of ${results.length} rows passed.**`,
    '',
    '| # | fault | required | result | figures | made by |',
    '|---|---|---|---|---|---|',
    ...results.map((result) => `| ${cells(result, folder).join(' | ')} |`),
    ...(bad.length === 0 ? [] : ['', 'What did not pass:', '', ...bad]),
  ].join('\n');
}

function cells({ row, tests, against }: RowResult, folder: string): readonly string[] {
  const passed = tests.filter(({ state }) => state === 'passed').length;
  const files = [...new Set(tests.map(({ file }) => file))];
  return [
    String(row.number),
    cell(row.fault),
    cell(row.required),
    against.length === 0 ? `${passed} passed` : `**failed** (${passed} passed, ${against.length} not)`,
    counted(tests.flatMap(({ printed }) => printed.map(cell))).join('; '),
    files.map((file) => `[${shortName(file)}](${relative(folder, file)})`).join(', '),
  ];
}

/** What several tests say alike is said once. */
function counted(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)].map((line) => {
    const times = lines.filter((one) => one === line).length;
    return times === 1 ? line : `${times} × ${line}`;
  });
}

const shortName = (file: string): string => file.replace(/^.*\/(.*)\.test\.ts$/, '$1');

/** A text as a cell of a table shows it: on one line, and with nothing that Markdown would take for its own. */
const cell = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\|*_<>[\]`]/g, '\\$&');

const BEGIN = '<!-- made by npm run faults:report: begin -->';
const END = '<!-- made by npm run faults:report: end -->';

/** The document with a new text between its marks. */
export function replaced(document: string, text: string): string {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the document has not the lines ${BEGIN} and ${END}`);
  return `${document.slice(0, from + BEGIN.length)}\n\n${text}\n\n${document.slice(to)}`;
}
