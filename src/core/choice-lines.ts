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

/**
 * The lines, none wider than `columns`: the name, the time left, whether MFA is asked for, account and role. What is
 * too long is cut, the name last of all, so that a narrow terminal still tells the profiles apart.
 * @param now milliseconds UTC.
 */
export function choiceLines(
  { good, bad, more }: Choices,
  columns: number,
  now: number,
): readonly ChoiceLine[] {
  const shown = good.map((choice) => ({ choice, cells: cellsOf(choice, now) }));
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(0, ...shown.map(({ cells }) => widthOf(cells[column] ?? ''))),
  );
  // At least the name and the time left.
  widths[0] = Math.min(widths[0] ?? 0, Math.max(columns - (widths[1] ?? 0) - GAP.length, 8));
  const lines: ChoiceLine[] = shown.map(({ choice, cells }) => {
    const padded = cells.map((cell, column) =>
      padTo(cutTo(cell, widths[column] ?? Infinity), widths[column] ?? 0),
    );
    return { name: choice.profile, text: cutTo(padded.join(GAP).trimEnd(), columns) };
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
