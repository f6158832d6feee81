import type { Shell } from './shell';
import { refused } from '../errors';
import { renderLines } from './lines';

/**
 * Lines that sh, dotenv (node, python, ruby, go) and Docker Compose read alike. Between single quotes they differ
 * on three characters only: a quote itself, a backslash (python-dotenv and node's dotenv let it escape) and a `$`
 * (python-dotenv and dotenv-expand expand it even there). A file can only add, so nothing is unset.
 */
export const dotenv: Shell = { render: (emission) => renderLines(emission, { set }) };

function set(name: string, value: string): string {
  if (/['\\$]/.test(value)) {
    throw refused(
      `the value of ${name} holds a quote, a backslash or a dollar sign, which readers of .env files disagree on`,
      'choose another format: env, json',
    );
  }
  return `${name}='${value}'`;
}
