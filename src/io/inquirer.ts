import inquirer from 'inquirer';
import type { Conversation } from './conversation';

/** inquirer, at the terminal of a conversation. */
export const inquirerAt = ({ keys, output, signal }: Conversation) =>
  inquirer.createPromptModule({ input: keys, output, signal });

export const { Separator } = inquirer;
