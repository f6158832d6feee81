import { roleNameOf } from './arn';
import type { ProfileName } from './names';
import { printable } from './printable';
import type { ProfileChoice, Choices } from './profile-choices';
import { describeSeconds } from './time';
import { cutTo, padTo, widthOf } from './width';

/** A line of the list. Without a name it is only shown: it can't be taken. */
export interface ChoiceLine {
  readonly name?: ProfileName;
  readonly text: string;
}

const GAP = '  ';

/** Columns of the list that names take at most; a longer one moves the rest of its own line, and no other's. */
const longestOf = (columns: number): number => Math.max(12, Math.floor(columns / 3));

/**
 * The lines, none wider than `columns`: the name, the time left, whether MFA is asked for, account and role. What is
 * too long is cut at the end, so that a narrow terminal still tells the profiles apart.
 * @param now milliseconds UTC.
 */
export function choiceLines(
  { good, bad, more }: Choices,
  columns: number,
  now: number,
): readonly ChoiceLine[] {
  const rows = good.map((choice) => cellsOf(choice, now));
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(
      0,
      ...rows
        .map((cells) => widthOf(cells[column] ?? ''))
        .filter((width) => column > 0 || width <= longestOf(columns)),
    ),
  );
  const lines: ChoiceLine[] = good.map((choice, at) => {
    const cells = rows[at] ?? [];
    const isLong = widthOf(cells[0] ?? '') > (widths[0] ?? 0);
    // Beside a long name nothing can be lined up.
    const shown = isLong
      ? cells.filter((cell) => cell !== '')
      : cells
          .map((cell, column) => padTo(cell, widths[column] ?? 0))
          .filter((_, column) => widths[column] !== 0);
    return { name: choice.profile, text: cutTo(shown.join(GAP).trimEnd(), columns) };
  });
  if (more) lines.push({ text: cutTo('… and more: type a part of the name', columns) });
  return [...lines, ...bad.map((choice) => ({ text: badLine(choice, columns) }))];
}

const cellsOf = (choice: ProfileChoice, now: number): readonly string[] => [
  printable(choice.profile),
  choice.storedUntil === undefined ? '' : describeSeconds((choice.storedUntil - now) / 1000),
  choice.mfa ? 'MFA' : '',
  printable(choice.account ?? ''),
  printable(choice.roleArn === undefined ? choice.type : roleNameOf(choice.roleArn)),
];

const badLine = ({ profile, problem }: ProfileChoice, columns: number): string =>
  cutTo(`${printable(profile)}${GAP}${printable(problem ?? '')}`, columns);
