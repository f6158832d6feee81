import type { Shell } from './shell';
import { refused } from '../errors';
import { renderLines } from './lines';

/** Microsoft, "Command prompt line string limitation": what is longer is cut off. */
const LONGEST_LINE = 8191;

/**
 * cmd knows no quoting that holds everywhere: `"` ends the quotes, `%` is expanded in a batch file and not behind
 * `for /f`, `!` and `^` depend on delayed expansion, and what is not ASCII depends on the code page (which may even
 * make a `"` of a look-alike). What could come out as anything but itself is refused.
 */
export const windowsCmd: Shell = {
  render: (emission) => renderLines(emission, { set, unset: (name) => `set "${name}="` }),
};

function set(name: string, value: string): string {
  const line = `set "${name}=${value}"`;
  if (/[^\x20-\x7e]|["%!^]/.test(value) || value === '' || line.length > LONGEST_LINE) {
    throw refused(
      `cmd cannot take the value of ${name} safely`,
      'use PowerShell, or: tsawsume exec PROFILE -- COMMAND',
    );
  }
  return line;
}
