import { AwsError, validationError } from './aws-error';

/**
 * Checks of single parameters, gathered as AWS gathers them: all that failed are told in one ValidationError.
 * `where` is the name as AWS prints it, in camel case: `roleSessionName`.
 */
export class Constraints {
  readonly #failed: string[] = [];

  /** @throws ValidationError (400) that names everything that failed. */
  done(): void {
    const count = this.#failed.length;
    if (count === 0) return;
    throw validationError(
      `${count} validation error${count === 1 ? '' : 's'} detected: ${this.#failed.join('; ')}`,
    );
  }

  required(where: string, value: string | undefined): string {
    if (value === undefined) this.#failed.push(`Value null at '${where}' ${FAILED} Member must not be null`);
    return value ?? '';
  }

  /** Length in characters, and the alphabet as a regular expression, the way AWS prints it. */
  text(where: string, value: string | undefined, [least, most]: Lengths, pattern: string): void {
    if (value === undefined) return;
    if (value.length < least) this.#fail(where, value, `length greater than or equal to ${least}`);
    if (value.length > most) this.#fail(where, value, `length less than or equal to ${most}`);
    if (!new RegExp(`^${pattern}$`, 'u').test(value)) {
      this.#failed.push(
        `Value '${value}' at '${where}' ${FAILED} Member must satisfy regular expression pattern: ${pattern}`,
      );
    }
  }

  range(where: string, value: number | undefined, [least, most]: Lengths): void {
    if (value === undefined) return;
    if (value < least) this.#fail(where, String(value), `value greater than or equal to ${least}`);
    if (value > most) this.#fail(where, String(value), `value less than or equal to ${most}`);
  }

  /** How many members a list may have. */
  list(where: string, count: number, most: number): void {
    if (count > most) this.#fail(where, `${count} members`, `length less than or equal to ${most}`);
  }

  #fail(where: string, value: string, wanted: string): void {
    this.#failed.push(`Value '${value}' at '${where}' ${FAILED} Member must have ${wanted}`);
  }
}

type Lengths = readonly [least: number, most: number];
const FAILED = 'failed to satisfy constraint:';

/** A whole number; undefined where nothing was sent. @throws MalformedInput (400) for anything else. */
export function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) throw new AwsError(400, 'MalformedInput', `Invalid integer value: ${text}`);
  return Number(text);
}
