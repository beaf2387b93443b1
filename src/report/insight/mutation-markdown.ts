import type { Mutation } from '../../model/insight/mutation.js';
import { makeHarmless } from '../../words/harmless.js';
import { escapeMarkdown } from '../ci/markup.js';
import { joinMutants } from './mutation-counts.js';
import { listSurvivors, nameMutated, summarizeMutation, tellSeen, toLines } from './mutation.js';

const HEADER = ['rule', 'nobody would notice if it …', 'add'];

/** The report of `loopfw mutate` as Markdown, for the summary of a job or a comment. */
export function reportMutationAsMarkdown(mutation: Mutation): string {
  const [headline = '', ...rest] = summarizeMutation(mutation);
  const print = (text: string) => escapeMarkdown(makeHarmless(text));
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const code = (text: string) => `<code>${print(text)}</code>`;
  const rows = listSurvivors(joinMutants(mutation)).flatMap(({ rule, groups }) =>
    groups.map(({ suggestion, mutants }) =>
      row([
        `${print(nameMutated(rule))}<br>${code(rule.text)}`,
        mutants.map(({ change }) => print(change)).join('<br>'),
        suggestion === null
          ? ''
          : [...toLines(suggestion).map((line) => code(line.replace(/^add: /, ''))), print(tellSeen(suggestion))].join('<br>'),
      ]),
    ),
  );
  return [
    `## ${print(headline)}`,
    '',
    ...rest.map((line) => `- ${print(line)}`),
    ...(rows.length === 0 ? [] : ['', row(HEADER), `|${'---|'.repeat(HEADER.length)}`, ...rows]),
    '',
  ].join('\n');
}
