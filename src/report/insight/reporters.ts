import { makeJsonHarmless } from '../../words/harmless.js';
import { getColumns } from '../shared/layout.js';
import { makePaint } from '../shared/paint.js';
import { reportDiffAsAnnotations } from './diff-github.js';
import { reportDiffAsHtml } from './diff-html.js';
import { reportDiffAsMarkdown } from './diff-markdown.js';
import { reportDiff } from './diff.js';
import type { DiffReporter } from './reporter.js';

/** All formats of `loopfw diff` by their names for --reporter. */
export const DIFF_REPORTERS = {
  human: (diff, { color, columns }) => reportDiff(diff, { paint: makePaint(color), columns: getColumns(columns) }),
  json: (diff) => `${makeJsonHarmless(JSON.stringify(diff, null, 2))}\n`,
  markdown: reportDiffAsMarkdown,
  github: reportDiffAsAnnotations,
  html: reportDiffAsHtml,
} satisfies Record<string, DiffReporter>;

/** The name of a format. */
export type DiffReporterName = keyof typeof DIFF_REPORTERS;
