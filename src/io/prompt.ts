import { printable } from '../core/printable';
import type { MfaPrompt, MfaQuestion } from '../core/ports';
import type { AskOptions, Conversation, Question } from './conversation';
import { converse } from './conversation';
import { terminalIsThere } from './terminal-there';

/** Asks for MFA codes. */
export function openPrompt(options: AskOptions): MfaPrompt {
  return {
    get possible() {
      return terminalIsThere(options.platform);
    },
    ask: (question) => ask(question, options),
  };
}

async function ask(question: MfaQuestion, options: AskOptions): Promise<string> {
  // Before the terminal is touched: loading takes a moment, in which the keys still have their usual meaning.
  const { inquirerAt } = await import('./inquirer');
  return converse(new CodeQuestion(question, inquirerAt), options);
}

const LEAD = 'MFA code for';
const asItIs = (text: string): string => text;

/** Yes or no at the terminal; Enter alone is no. */
export async function confirm(question: string, options: AskOptions): Promise<boolean> {
  const { inquirerAt } = await import('./inquirer');
  return converse(new YesQuestion(printable(question), inquirerAt), options);
}

class YesQuestion implements Question<boolean> {
  readonly nowhere = ['there is no terminal to ask at', 'say so beforehand: --yes'] as const;
  readonly cancelled = 'cancelled: nothing was changed';

  constructor(
    private readonly message: string,
    private readonly inquirerAt: typeof import('./inquirer').inquirerAt,
  ) {}

  async inquire(conversation: Conversation): Promise<boolean> {
    const answers: Readonly<Record<string, unknown>> = await this.inquirerAt(conversation)({
      type: 'confirm',
      name: 'yes',
      message: this.message,
      default: false,
      theme: { prefix: '', style: { message: asItIs, answer: asItIs } },
    });
    return answers['yes'] === true;
  }

  resumed(conversation: Conversation): void {
    conversation.write(`\r\u001b[J${this.message} (y/N) `);
  }
}

class CodeQuestion implements Question<string> {
  readonly nowhere = [
    'there is no terminal to ask for an MFA code at',
    'give the code with --mfa-token',
  ] as const;
  readonly cancelled = 'cancelled: no MFA code was given';
  readonly #message: string;
  #typed = '';

  constructor(
    private readonly question: MfaQuestion,
    private readonly inquirerAt: typeof import('./inquirer').inquirerAt,
  ) {
    this.#message = `${printable(question.profile)} (${printable(question.serial)}):`;
  }

  async inquire(conversation: Conversation): Promise<string> {
    const { again } = this.question;
    if (again !== undefined) conversation.write(`${printable(again)}\n`);
    const answers: Readonly<Record<string, unknown>> = await this.inquirerAt(conversation)({
      type: 'input',
      name: 'code',
      message: this.#message,
      // inquirer puts its prefix and a space before the message: the first words stand there instead of a `?`.
      theme: { prefix: LEAD, style: { message: asItIs, answer: asItIs } },
      transformer: (typed: string) => {
        this.#typed = typed;
        return typed;
      },
    });
    return String(answers['code']).trim();
  }

  resumed(conversation: Conversation): void {
    conversation.write(`\r\u001b[J${LEAD} ${this.#message} ${this.#typed}`);
  }
}
