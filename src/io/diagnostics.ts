/**
 * Closes what Node would open to others: at SIGUSR1 a debugger on loopback, which every user of the machine may connect
 * to; and the diagnostic reports that NODE_OPTIONS may ask for, files readable by all that hold our environment.
 */
export function closeDiagnostics(): void {
  // A handler of ours takes the place of Node's; `exec` hands the signal on besides.
  process.on('SIGUSR1', () => undefined);
  if (![process.env['NODE_OPTIONS'] ?? '', ...process.execArgv].some((text) => text.includes('--report')))
    return;
  const { report } = process;
  report.reportOnSignal = false;
  report.reportOnFatalError = false;
  report.reportOnUncaughtException = false;
}
