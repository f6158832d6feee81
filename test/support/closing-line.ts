import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with one line that a person and a machine can both read: `N passed, N failed`. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandled.length;
    let skipped = 0;
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped += 1;
      }
    }
    const tail = skipped > 0 ? `, ${String(skipped)} skipped` : '';
    // After the default reporter's own summary, which is written in the same tick.
    setImmediate(() => {
      process.stdout.write(`${String(passed)} passed, ${String(failed)} failed${tail}\n`);
    });
  }
}
