import type { Mutation } from '../../model/insight/mutation.js';
import { makeJsonHarmless } from '../../words/harmless.js';
import { getColumns } from '../shared/layout.js';
import { makePaint } from '../shared/paint.js';
import { reportMutationAsHtml } from './mutation-html.js';
import { toMutationDocument } from './mutation-json.js';
import { reportMutationAsMarkdown } from './mutation-markdown.js';
import { reportMutation } from './mutation.js';

/** How a report looks, and who made it. */
interface Look {
  color: boolean;
  columns?: number | undefined;
  /** The version of loopfw. */
  version: string;
  /** The command that adds the missing probes; null if it cannot. */
  write: string | null;
}

type MutationReporter = (mutation: Mutation, look: Look) => string;

/** All formats of `loopfw mutate` by their names for --reporter. */
export const MUTATION_REPORTERS = {
  human: (mutation, { color, columns, write }) =>
    reportMutation(mutation, { paint: makePaint(color), columns: getColumns(columns) }, write),
  json: (mutation, { version }) => `${makeJsonHarmless(JSON.stringify(toMutationDocument(mutation, version), null, 2))}\n`,
  markdown: reportMutationAsMarkdown,
  html: (mutation, { version }) => reportMutationAsHtml(mutation, version),
} satisfies Record<string, MutationReporter>;

/** The name of a format. */
export type MutationReporterName = keyof typeof MUTATION_REPORTERS;
