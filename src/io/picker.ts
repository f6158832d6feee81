import type { ChoiceLine } from '../core/choice-lines';
import type { Palette } from '../core/palette';
import { printable } from '../core/printable';
import { cutTo } from '../core/width';
import type { ProfilePicker } from '../world';
import type { AskOptions, Conversation, Question } from './conversation';
import { converse } from './conversation';

type Lines = Parameters<ProfilePicker['pick']>[0];
type Inquirer = typeof import('./inquirer');

/** Lets a person pick a profile with inquirer's search prompt. @param palette for the terminal, whatever stdout is. */
export function openPicker(options: AskOptions, palette: Palette): ProfilePicker {
  return {
    async pick(lines) {
      // Before the terminal is touched, as with the prompt.
      const inquirer = await import('./inquirer');
      return converse(new ProfileQuestion(lines, inquirer, palette), options);
    },
  };
}

const asItIs = (text: string): string => text;
const HELP = 'type to filter, ↑↓ to choose, Enter to take, Ctrl-C to leave';

/** Columns that inquirer puts before a line; and one that stays free, for some terminals wrap at a full line. */
const MARGIN = 3;
/** Lines around the list: the question, an empty one, the help; and one that stays free. */
const AROUND = 4;
const MOST_LINES = 12;

class ProfileQuestion implements Question<string> {
  readonly nowhere = ['there is no terminal to pick a profile at', 'name one: tsawsume PROFILE'] as const;
  readonly cancelled = 'cancelled: no profile was picked';
  readonly vanishes = true;
  #typed = '';
  /** The lines as they are shown, and the one that Enter takes. */
  #shown: readonly ChoiceLine[] = [];
  #active: string | undefined;

  constructor(
    private readonly lines: Lines,
    private readonly inquirer: Inquirer,
    private readonly palette: Palette,
  ) {}

  async inquire(conversation: Conversation): Promise<string> {
    const { columns, rows } = conversation.size;
    const { faint, strong, warning } = this.palette;
    // Asked again, at a terminal of another size or after a stop, it goes on where it was.
    const active = this.#shown.find(({ text }) => text === this.#active)?.name;
    const answers: Readonly<Record<'profile', string>> = await this.inquirer.inquirerAt(conversation)({
      type: 'search',
      name: 'profile',
      message: 'Profile:',
      source: (typed) => this.#choices(typed ?? '', columns - MARGIN),
      pageSize: Math.min(MOST_LINES, Math.max(1, rows - AROUND)),
      ...(this.#typed === '' ? {} : { initialValue: this.#typed }),
      ...(active === undefined ? {} : { default: active }),
      theme: {
        prefix: '',
        style: {
          message: (text: string) => strong(text),
          answer: (text: string) => cutTo(text, Math.max(1, columns - 'Profile:  '.length)),
          searchTerm: visible,
          highlight: (text: string) => {
            this.#active = text.slice(MARGIN - 1);
            return strong(text);
          },
          error: () => warning('no such profile'),
          keysHelpTip: () => faint(cutTo(HELP, columns - 1)),
          description: asItIs,
        },
      },
    });
    return answers.profile;
  }

  resumed(conversation: Conversation): void {
    conversation.again();
  }

  resized(conversation: Conversation): void {
    conversation.again();
  }

  #choices(typed: string, columns: number) {
    this.#typed = typed;
    this.#shown = this.lines(typed, columns);
    return this.#shown.map(({ name, text }) =>
      name === undefined
        ? new this.inquirer.Separator(this.palette.faint(` ${text}`))
        : { value: name, name: text, short: printable(name) },
    );
  }
}

/** What was typed or pasted, a column for each character, without what the terminal would obey. */
const visible = (text: string): string =>
  Array.from(text, (character) => (printable(character) === character ? character : '?')).join('');
