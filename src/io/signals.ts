type Handlers = Partial<Readonly<Record<NodeJS.Signals, (signal: NodeJS.Signals) => void>>>;

/** Handles signals until the function it gives is called; then each has its former meaning again. */
export function handleSignals(handlers: Handlers): () => void {
  const entries = Object.entries(handlers);
  for (const [signal, handler] of entries) process.on(signal, handler);
  return () => {
    for (const [signal, handler] of entries) process.removeListener(signal, handler);
  };
}

/**
 * Ends this process by a signal, so that whoever waits for it (a shell, a loop in a script) learns why it ended.
 * Returns only where the signal can't end us: Windows, or somebody else in this process handles it.
 */
export function dieBy(signal: NodeJS.Signals): void {
  try {
    // Node ignores SIGPIPE and its like; a handler that is taken away again leaves the system's default.
    if (signal !== 'SIGKILL') handleSignals({ [signal]: () => undefined })();
    process.kill(process.pid, signal);
  } catch {
    // A signal that this system has no number for.
  }
}
