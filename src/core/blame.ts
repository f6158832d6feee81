import { TsawsumeError } from '../errors';
import { describeOrigin, type Origin, type ProfileName } from './names';
import { quoted } from './words';

/** Runs what a line of a profile names; what goes wrong there is told with that profile and that line. */
export async function blaming<T>(
  profile: ProfileName,
  line: Origin | string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TsawsumeError)) throw error;
    const message = `profile ${quoted(profile)}: ${error.message} (${describeOrigin(line)})`;
    throw new TsawsumeError(error.kind, message, error.hint, { cause: error });
  }
}
