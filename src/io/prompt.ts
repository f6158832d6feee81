import { printable } from '../core/printable';
import type { MfaPrompt, MfaQuestion } from '../core/ports';
import { cancelled, needsPerson } from '../errors';
import type { Environment } from '../world';
import { canBeSuspended } from './job-control';
import type { ControlKey } from './keys';
import { TypedKeys } from './keys';
import type { RawTerminal } from './raw-terminal';
import { openRawTerminal } from './raw-terminal';
import { dieBy, handleSignals } from './signals';
import { terminalIsThere } from './terminal-there';

export interface PromptOptions {
  readonly platform: NodeJS.Platform;
  readonly env: Environment;
}

/**
 * Asks a person at the controlling terminal, also when stdin, stdout and stderr are all pipes. inquirer edits the
 * line; the terminal's modes, the control keys and the signals are ours, because a raw terminal that is left behind
 * (by HUP, QUIT, a stop) is one on which nobody can type any more.
 */
export function openPrompt(options: PromptOptions): MfaPrompt {
  return {
    get possible() {
      return terminalIsThere(options.platform);
    },
    ask: (question) => ask(question, options),
  };
}

async function ask(question: MfaQuestion, options: PromptOptions): Promise<string> {
  // Before the terminal is touched: loading takes a moment, in which the keys still have their usual meaning.
  const { default: inquirer } = await import('inquirer');
  const terminal = open(options.platform);
  const conversation = new Conversation(terminal, options);
  try {
    if (question.again !== undefined) terminal.output.write(`${printable(question.again)}\n`);
    conversation.begin();
    const prompt = inquirer.createPromptModule({
      input: conversation.keys,
      output: terminal.output,
      signal: conversation.signal,
    });
    const answers: Readonly<Record<string, unknown>> = await prompt({
      ...line(question, conversation),
      type: 'input',
      name: 'code',
    });
    return String(answers['code']).trim();
  } catch (error) {
    if (!conversation.signal.aborted) throw error;
  } finally {
    conversation.end();
    terminal.close();
  }
  if (conversation.deadly !== undefined) dieBy(conversation.deadly);
  throw cancelled('cancelled: no MFA code was given');
}

function open(platform: NodeJS.Platform): RawTerminal {
  try {
    return openRawTerminal(platform);
  } catch {
    throw needsPerson('there is no terminal to ask for an MFA code at', 'give the code with --mfa-token');
  }
}

const LEAD = 'MFA code for';
const asItIs = (text: string): string => text;

function line(question: MfaQuestion, conversation: Conversation) {
  const message = `${printable(question.profile)} (${printable(question.serial)}):`;
  conversation.shown = `${LEAD} ${message} `;
  return {
    message,
    // inquirer puts its prefix and a space before the message: the first words stand there instead of a `?`.
    theme: { prefix: LEAD, style: { message: asItIs, answer: asItIs } },
    transformer: (typed: string) => {
      conversation.typed = typed;
      return typed;
    },
  };
}

/** One question at the terminal, from the first raw key to the modes being as they were. */
class Conversation {
  readonly keys = new TypedKeys((key) => this.#pressed(key));
  shown = '';
  typed = '';
  /** The signal to die by. */
  deadly: NodeJS.Signals | undefined;
  readonly #stop = new AbortController();
  #forget: () => void = () => undefined;

  constructor(
    private readonly terminal: RawTerminal,
    private readonly options: PromptOptions,
  ) {}

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  begin(): void {
    this.#listen();
    this.terminal.raw();
    this.terminal.onBytes((bytes) => this.keys.receive(bytes));
    this.terminal.onEnd(() => this.#inputEnded());
  }

  end(): void {
    this.#forget();
    this.keys.destroy();
  }

  #listen(): void {
    const die = (signal: NodeJS.Signals): void => this.#die(signal);
    this.#forget = handleSignals({
      SIGINT: () => this.#stop.abort(),
      SIGTERM: die,
      SIGHUP: die,
      SIGQUIT: die,
      // Who sends it wants us stopped; the default action of SIGTSTP does nothing in a group without a shell.
      SIGTSTP: () => this.#suspend(() => process.kill(process.pid, 'SIGSTOP')),
      SIGCONT: () => this.#resume(),
    });
  }

  /** A Ctrl-D from before the keys were raw; or the terminal is gone, and its SIGHUP is on the way or went elsewhere. */
  #inputEnded(): void {
    if (terminalIsThere(this.options.platform)) this.#stop.abort();
    else this.#die('SIGHUP');
  }

  #pressed(key: ControlKey): void {
    if (key === 'quit') this.#die('SIGQUIT');
    else if (key !== 'suspend') this.#stop.abort();
    else if (this.options.platform !== 'win32' && canBeSuspended(this.options.env)) {
      // As the kernel would: everybody in the group, so that a shell that waits for a pipeline sees all of it stop.
      this.#suspend(() => process.kill(0, 'SIGTSTP'));
    }
  }

  /** Returns when somebody has continued us. */
  #suspend(stop: () => void): void {
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
    this.terminal.output.write(`\r\u001b[J${this.shown}${this.typed}`);
  }

  #die(signal: NodeJS.Signals): void {
    this.deadly ??= signal;
    // At once, not only when inquirer has let go: what follows must find the terminal usable in any case.
    this.terminal.cooked();
    this.#stop.abort();
  }
}
