import { UsageError } from '../errors.js';
import type { Cause, Outcome, Status } from '../model/result.js';
import { didYouMean } from '../words/suggestion.js';

/** Where a word is explained: a file of docs/verdicts, and the heading there that is its own; null: the whole file. */
export interface Page {
  file: string;
  heading: string | null;
}

const page = (file: string): Page => ({ file: `${file}.md`, heading: null });
const outcome = (heading: string): Page => ({ file: 'outcomes.md', heading });

/** Every word that a scenario may expect or a report may say, in the order of a verdict: seen, made so by, judged as. */
export const PAGES = {
  outcomes: {
    connected: outcome('connected'),
    refused: outcome('refused'),
    unreachable: outcome('unreachable'),
    denied: outcome('denied'),
    reset: outcome('reset'),
    timeout: outcome('timeout'),
    closed: outcome('closed'),
  } satisfies Record<Outcome | 'closed', Page>,
  causes: {
    service: page('service'),
    'no-listener': page('no-listener'),
    rejected: page('rejected'),
    dropped: page('dropped'),
    'answer-eaten': page('answer-eaten'),
    silent: page('silent'),
    local: page('local'),
    unexplained: page('unexplained'),
  } satisfies Record<Cause, Page>,
  statuses: {
    passed: page('passed'),
    failed: page('failed'),
    inconclusive: page('inconclusive'),
    error: page('error'),
  } satisfies Record<Status, Page>,
};

/** @throws UsageError for a word that no page explains */
export function findPage(word: string): Page {
  const pages = new Map(Object.values(PAGES).flatMap((each) => Object.entries<Page>(each)));
  const found = pages.get(word.toLowerCase());
  if (found === undefined) {
    const suggestion = didYouMean(word, pages.keys());
    throw new UsageError(`no page for ${JSON.stringify(word)}${suggestion}: loopfw explain lists the words`);
  }
  return found;
}
