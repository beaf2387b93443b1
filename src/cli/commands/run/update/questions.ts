import { createInterface } from 'node:readline/promises';

/** What a user decides about a change, and about those after it. */
type Answer = 'yes' | 'no' | 'all' | 'quit';

const ANSWERS: Answer[] = ['yes', 'no', 'all', 'quit'];

export interface Questions {
  ask: (question: string) => Promise<Answer>;
  close: () => void;
}

/**
 * Questions on standard error, which a report on standard output does not disturb. null if the user has no terminal for them. The end of the
 * input is an answer too: quit.
 */
export function openQuestions(): Questions | null {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    return null;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  const lines = terminal[Symbol.asyncIterator]();
  return {
    ask: async (question) => {
      for (;;) {
        process.stderr.write(`${question} [y]es, [n]o, [a]ll, [q]uit: `);
        const line: IteratorResult<string, undefined> = await lines.next();
        if (line.done === true) {
          process.stderr.write('\n');
          return 'quit';
        }
        const typed = line.value.trim().toLowerCase();
        const answer = ANSWERS.find((word) => typed !== '' && word.startsWith(typed));
        if (answer !== undefined) {
          return answer;
        }
      }
    },
    close: () => terminal.close(),
  };
}
