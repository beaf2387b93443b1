import type { AddHelpTextContext, Command } from 'commander';

/** The columns of help that no terminal reads. */
const USUAL_WIDTH = 80;
/** commander wraps no description that has fewer columns than this. Its default, 40, leaves a terminal of 60 columns without any wrapping. */
export const LEAST_WIDTH = 20;

/** The text behind the options of a command: lists below a heading as they are written, and paragraphs in the columns of the terminal. */
export function toHelpText(text: string): (context: AddHelpTextContext) => string {
  return ({ command }) =>
    text
      .split('\n\n')
      .map((part) => (/^\n?\w+:\n/.test(part) ? part : wrapParagraph(part, command)))
      .join('\n\n');
}

function wrapParagraph(text: string, command: Command): string {
  const width = command.configureOutput().getOutHelpWidth?.() ?? USUAL_WIDTH;
  return command.createHelp().boxWrap(text.replaceAll('\n', ' '), width);
}
