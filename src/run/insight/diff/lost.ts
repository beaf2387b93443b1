import type { FileLine } from '../../../model/insight/diff.js';
import type { Side } from '../rule-sets.js';

/** A rule as a comment: iptables-restore-translate leaves so what it cannot translate. */
const COMMENT = /^\s*#\s*((?:-t \S+ )?-[AI] \S.*?)\s*$/;

/** The rules that stand as comments in the files of a side. */
export function findLost({ files }: Side): FileLine[] {
  return files.flatMap(({ path, content }) => {
    const lines = 'text' in content ? content.text.split('\n') : [];
    return lines.flatMap((line, place): FileLine[] => {
      const text = COMMENT.exec(line)?.[1];
      return text === undefined ? [] : [{ file: path, line: place + 1, text }];
    });
  });
}
