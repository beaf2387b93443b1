import type { AddHelpTextContext, Help } from 'commander';

/** The columns of help that no terminal reads. */
const USUAL_WIDTH = 80;
/** commander wraps no description that has fewer columns than this. Its default, 40, leaves a terminal of 60 columns without any wrapping. */
export const LEAST_WIDTH = 20;

/** The text behind the options of a command: examples as they are written, lists and paragraphs in the columns of the terminal. */
export function toHelpText(text: string): (context: AddHelpTextContext) => string {
  return ({ command }) => {
    const width = command.configureOutput().getOutHelpWidth?.() ?? USUAL_WIDTH;
    const help = Object.assign(command.createHelp(), { helpWidth: width, minWidthToWrap: LEAST_WIDTH });
    return text
      .split('\n\n')
      .map((part) => {
        const [first = '', ...lines] = part.trim().split('\n');
        const start = part.startsWith('\n') ? '\n' : '';
        return first === 'Examples:'
          ? part
          : `${start}${first.endsWith(':') ? [first, ...wrapList(lines, help)].join('\n') : help.boxWrap(part.trim().replaceAll('\n', ' '), width)}`;
      })
      .join('\n\n');
  };
}

/** Lines of a term and its description, with at least two blanks between them. */
function wrapList(lines: string[], help: Help): string[] {
  const items = lines.map((line) => line.trim().split(/ {2,}/, 2) as [string, string]);
  const widest = Math.max(...items.map(([term]) => term.length));
  return items.map(([term, description]) => help.formatItem(term, widest, description, help));
}
