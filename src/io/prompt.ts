import type Inquirer from 'inquirer';
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
  const answer = await converse(
    options,
    async (prompt, conversation) => {
      const { code } = await prompt<{ code: unknown }>({
        ...line(question, conversation),
        type: 'input',
        name: 'code',
      });
      return code;
    },
    { needs: NEEDS_CODE, cancelled: 'cancelled: no MFA code was given' },
    question.again,
  );
  return String(answer).trim();
}

/** Yes or no at the terminal; Enter alone is no. */
export async function confirm(question: string, options: PromptOptions): Promise<boolean> {
  const asked = printable(question);
  const answer = await converse(
    options,
    async (prompt, conversation) => {
      conversation.shown = `${asked} (y/N) `;
      const { yes } = await prompt<{ yes: unknown }>({
        type: 'confirm',
        name: 'yes',
        message: asked,
        default: false,
        theme: { prefix: '', style: { message: asItIs, answer: asItIs } },
      });
      return yes;
    },
    { needs: NEEDS_YES, cancelled: 'cancelled: nothing was changed' },
  );
  return answer === true;
}

const NEEDS_CODE = (): Error =>
  needsPerson('there is no terminal to ask for an MFA code at', 'give the code with --mfa-token');
const NEEDS_YES = (): Error => needsPerson('there is no terminal to ask at', 'say so beforehand: --yes');

const promptAt = (inquirer: typeof Inquirer, terminal: RawTerminal, { keys, signal }: Conversation) =>
  inquirer.createPromptModule({ input: keys, output: terminal.output, signal });
type PromptModule = ReturnType<typeof promptAt>;

interface Words {
  /** There is nobody to ask. */
  readonly needs: () => Error;
  readonly cancelled: string;
}

/** One question and what was answered. */
async function converse(
  options: PromptOptions,
  question: (prompt: PromptModule, conversation: Conversation) => Promise<unknown>,
  words: Words,
  before?: string,
): Promise<unknown> {
  // Before the terminal is touched: loading takes a moment, in which the keys still have their usual meaning.
  const { default: inquirer } = await import('inquirer');
  const terminal = open(options.platform, words.needs);
  const conversation = new Conversation(terminal, options);
  try {
    if (before !== undefined) terminal.output.write(`${printable(before)}\n`);
    conversation.begin();
    return await question(promptAt(inquirer, terminal, conversation), conversation);
  } catch (error) {
    if (!conversation.signal.aborted) throw error;
  } finally {
    conversation.end();
    terminal.close();
  }
  if (conversation.deadly !== undefined) dieBy(conversation.deadly);
  throw cancelled(words.cancelled);
}

function open(platform: NodeJS.Platform, needs: () => Error): RawTerminal {
  try {
    return openRawTerminal(platform);
  } catch {
    throw needs();
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
