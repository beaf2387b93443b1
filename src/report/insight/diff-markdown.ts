import type { ComparedFate } from '../../model/insight/diff.js';
import { escapeMarkdown } from '../ci/markup.js';
import { makeAllHarmless } from '../shared/harmless.js';
import { CLASSES, fold, getHeadline, getWords, summarize, toCells } from './diff.js';
import type { DiffReporter } from './reporter.js';

/** The report of `loopfw diff` as Markdown, for the summary of a job or a comment. */
export const reportDiffAsMarkdown: DiffReporter = (foreign) => {
  const diff = makeAllHarmless(foreign);
  const { titles, header } = getWords(diff);
  const changes = fold(diff.changes);
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const tables = CLASSES.flatMap((name) => {
    const own = changes.filter((change) => change.class === name);
    const rows = own.map((change) => {
      const fates = [null, null, change.before, change.after];
      return row(toCells(change).map((text, place) => `${escapeMarkdown(text)}${printRule(fates[place] ?? null)}`));
    });
    return own.length === 0 ? [] : [`### ${titles[name]}`, '', row(header), `|${'---|'.repeat(header.length)}`, ...rows, ''];
  });
  const lines = summarize(diff).map((line) => `- ${escapeMarkdown(line)}`);
  return [`## ${getHeadline(diff)}`, '', ...tables, ...lines, ''].join('\n');
};

function printRule(fate: ComparedFate | null): string {
  const rule = fate?.rule ?? null;
  return rule === null || rule.isPolicy ? '' : `<br><code>${escapeMarkdown(rule.text)}</code>`;
}
