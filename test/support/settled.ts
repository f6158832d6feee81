import { areSettled } from '../../src/commands/settled';
import { stateOfPath } from '../../src/io/file-state';

/** Until the stamps of these files tell them from whatever they become. */
export async function untilSettled(...paths: readonly string[]): Promise<void> {
  while (!areSettled(paths.map(stateOfPath), Date.now())) await new Promise((done) => setTimeout(done, 20));
}
