import { reportCtrf } from './ci/ctrf.js';
import { reportGithub } from './ci/github.js';
import { printJson } from './ci/json.js';
import { reportJunit } from './ci/junit.js';
import { reportMarkdown } from './ci/markdown.js';
import { reportTap } from './ci/tap.js';
import { reportHuman } from './human/human.js';
import { listHtmlFiles, reportHtml } from './page/html.js';
import type { FolderReporter, Reporter } from './shared/reporter.js';

/** The text of printJson() as a whole. */
export const reportJson: Reporter = (result) => [...printJson(result)].join('');

/** All formats by their names for --reporter. Each is a function of a result that returns the text of the report. */
export const REPORTERS = {
  human: reportHuman,
  json: reportJson,
  tap: reportTap,
  junit: reportJunit,
  github: reportGithub,
  markdown: reportMarkdown,
  ctrf: reportCtrf,
  html: reportHtml,
} satisfies Record<string, Reporter>;

/** The name of a format. */
export type ReporterName = keyof typeof REPORTERS;

/** The formats that can be a folder of several files as well, for `--reporter name=FOLDER/`. */
export const FOLDER_REPORTERS: Partial<Record<ReporterName, FolderReporter>> = { html: listHtmlFiles };
