import { readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import type { Reporter, TestModule } from 'vitest/node';
import { IS_EXECUTABLE } from '../../support/program';
import { ROWS } from '../rows';
import { replaced, report, resultOf, type Ended } from './results';

type Log = Parameters<NonNullable<Reporter['onUserConsoleLog']>>[0];

const DOCUMENT = 'docs/faults.md';

/** Writes what a run of all the faults has shown into docs/faults.md: `npm run faults:report`. */
export default class FaultsReporter implements Reporter {
  readonly #printed = new Map<string, string[]>();

  onUserConsoleLog({ taskId = '', type, content }: Log): void {
    if (type !== 'stdout') return;
    const lines = content.split('\n').filter((line) => line.trim() !== '');
    this.#printed.set(taskId, [...(this.#printed.get(taskId) ?? []), ...lines]);
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const all = modules.flatMap((module) => [...this.#ended(module)]);
    const today = new Date().toISOString().slice(0, 10);
    const build = IS_EXECUTABLE ? 'the executable' : `Node ${process.versions.node}`;
    const machine = `Linux ${release().replace(/-.*/, '')}, ${build}`;
    const table = report(
      ROWS.map((row) => resultOf(row, all)),
      'docs',
    );
    const document = readFileSync(DOCUMENT, 'utf8');
    writeFileSync(DOCUMENT, replaced(document, `Run on ${today}, ${machine}.\n\n${table}`));
  }

  *#ended(module: TestModule): Generator<Ended> {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      yield {
        file: module.relativeModuleId,
        title: test.fullName,
        state: state === 'passed' || state === 'failed' ? state : 'skipped',
        printed: this.#printed.get(test.id) ?? [],
      };
    }
  }
}
