import { Writable } from 'node:stream';
import { cancelled, needsPerson } from '../errors';
import type { Environment } from '../world';
import { canBeSuspended } from './job-control';
import type { ControlKey } from './keys';
import { TypedKeys } from './keys';
import type { RawTerminal } from './raw-terminal';
import { openRawTerminal } from './raw-terminal';
import { dieBy, handleSignals } from './signals';
import { terminalIsThere } from './terminal-there';

export interface AskOptions {
  readonly platform: NodeJS.Platform;
  readonly env: Environment;
}

/** A question, as inquirer is to ask it. */
export interface Question<T> {
  /** Asks it, with the conversation's keys, output and signal. */
  inquire(conversation: Conversation): Promise<T>;
  /** The terminal has been another's meanwhile: draws it again, or asks `again`. */
  resumed(conversation: Conversation): void;
  /** The terminal has another size. Left out: that changes nothing. */
  resized?(conversation: Conversation): void;
  /** Nothing of it stays on the screen when it ends without an answer. */
  readonly vanishes?: boolean;
  /** What can't be asked without a terminal, and what to do then. */
  readonly nowhere: readonly [message: string, hint: string];
  readonly cancelled: string;
}

/**
 * Asks a person at the controlling terminal, also when stdin, stdout and stderr are all pipes. inquirer edits the
 * line; the terminal's modes, the control keys and the signals are ours, because a raw terminal that is left behind
 * (by HUP, QUIT, a stop) is one on which nobody can type any more.
 * @throws `needs-person` without a terminal, `cancelled` on Ctrl-C and at the end of input.
 */
export async function converse<T>(question: Question<T>, options: AskOptions): Promise<T> {
  for (;;) {
    const terminal = open(options.platform, question.nowhere);
    const conversation = new Conversation(terminal, question, options);
    try {
      conversation.begin();
      return await question.inquire(conversation);
    } catch (error) {
      if (!conversation.signal.aborted) throw error;
    } finally {
      conversation.end();
      terminal.close();
    }
    if (conversation.deadly !== undefined) dieBy(conversation.deadly);
    if (!conversation.wantedAgain) throw cancelled(question.cancelled);
  }
}

function open(platform: NodeJS.Platform, [message, hint]: readonly [string, string]): RawTerminal {
  try {
    return openRawTerminal(platform);
  } catch {
    throw needsPerson(message, hint);
  }
}

/** Where inquirer writes: the terminal, as large as it is now, and still open when inquirer has ended. */
class Shown extends Writable {
  constructor(private readonly terminal: RawTerminal) {
    super({
      decodeStrings: false,
      write: (chunk: unknown, _encoding, done) => {
        terminal.write(String(chunk));
        done();
      },
    });
  }

  get columns(): number {
    return this.terminal.size().columns;
  }
}

/** From here to the end of the screen, with the cursor's place kept for `CLEAR_KEPT` (ECMA-48 ED, DECSC, DECRC). */
const CLEAR_AND_KEEP = '\r\u001b[J\u001b7';
const CLEAR_KEPT = '\u001b8\u001b[J';

/** One question at the terminal, from the first raw key to the modes being as they were. */
export class Conversation {
  readonly keys = new TypedKeys((key) => this.#pressed(key));
  readonly output: NodeJS.WritableStream;
  /** The signal to die by. */
  deadly: NodeJS.Signals | undefined;
  wantedAgain = false;
  readonly #stop = new AbortController();
  #forget: () => void = () => undefined;

  constructor(
    private readonly terminal: RawTerminal,
    private readonly question: Pick<Question<unknown>, 'resumed' | 'resized' | 'vanishes'>,
    private readonly options: AskOptions,
  ) {
    this.output = new Shown(terminal);
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get size(): ReturnType<RawTerminal['size']> {
    return this.terminal.size();
  }

  write(text: string): void {
    this.terminal.write(text);
  }

  begin(): void {
    this.#listen();
    this.terminal.raw();
    this.terminal.onBytes((bytes) => this.keys.receive(bytes));
    this.terminal.onEnd(() => this.#inputEnded());
  }

  /** Ends this asking, to ask the same once more. */
  again(): void {
    this.wantedAgain = !this.signal.aborted;
    this.#abort();
  }

  end(): void {
    if (this.signal.aborted && this.question.vanishes === true) this.write(CLEAR_KEPT);
    this.#forget();
    this.keys.destroy();
  }

  #abort(): void {
    if (this.signal.aborted) return;
    if (this.question.vanishes === true) this.write(CLEAR_AND_KEEP);
    this.#stop.abort();
  }

  #listen(): void {
    const die = (signal: NodeJS.Signals): void => this.#die(signal);
    this.#forget = handleSignals({
      SIGINT: () => this.#abort(),
      SIGTERM: die,
      SIGHUP: die,
      SIGQUIT: die,
      // Who sends it wants us stopped; the default action of SIGTSTP does nothing in a group without a shell.
      SIGTSTP: () => this.#suspend(() => process.kill(process.pid, 'SIGSTOP')),
      SIGCONT: () => this.#resume(),
      SIGWINCH: () => this.question.resized?.(this),
    });
  }

  /** A Ctrl-D from before the keys were raw; or the terminal is gone, and its SIGHUP is on the way or went elsewhere. */
  #inputEnded(): void {
    if (terminalIsThere(this.options.platform)) this.#abort();
    else this.#die('SIGHUP');
  }

  #pressed(key: ControlKey): void {
    if (key === 'quit') this.#die('SIGQUIT');
    else if (key !== 'suspend') this.#abort();
    else if (this.options.platform !== 'win32' && canBeSuspended(this.options.env)) {
      // As the kernel would: everybody in the group, so that a shell that waits for a pipeline sees all of it stop.
      this.#suspend(() => process.kill(0, 'SIGTSTP'));
    }
  }

  /** Returns when somebody has continued us. */
  #suspend(stop: () => void): void {
    if (this.question.vanishes === true) this.write('\r\u001b[J');
    this.terminal.cooked();
    this.#forget();
    stop();
    this.#listen();
    this.#resume();
  }

  /** A shell has used the terminal meanwhile: its modes and its lines are not ours. */
  #resume(): void {
    this.terminal.cooked();
    this.terminal.raw();
    this.question.resumed(this);
  }

  #die(signal: NodeJS.Signals): void {
    this.deadly ??= signal;
    // At once, not only when inquirer has let go: what follows must find the terminal usable in any case.
    this.terminal.cooked();
    this.#abort();
  }
}
