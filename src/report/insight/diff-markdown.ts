import { makeHarmless } from '../../words/harmless.js';
import { escapeMarkdown } from '../ci/markup.js';
import type { DiffReporter } from './reporter.js';
import { CLASSES, fold, getWords, summarize, toCells } from './diff.js';

/** The report of `loopfw diff` as Markdown, for the summary of a job or a comment. */
export const reportDiffAsMarkdown: DiffReporter = (diff) => {
  const changes = fold(diff.changes);
  const { titles, header } = getWords(diff);
  const row = (cells: string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const tables = CLASSES.flatMap((name) => {
    const own = changes.filter((change) => change.class === name);
    const rows = own.map((change) => row(toCells(change)));
    return own.length === 0 ? [] : [`### ${titles[name]}`, '', row(header), `|${'---|'.repeat(header.length)}`, ...rows, ''];
  });
  const lines = summarize(diff).map((line) => `- ${escapeMarkdown(makeHarmless(line))}`);
  return [...tables, ...lines, ''].join('\n');
};
