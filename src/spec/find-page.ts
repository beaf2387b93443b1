import { UsageError } from '../errors.js';
import type { Cause, Outcome, Status } from '../model/result.js';
import { didYouMean } from '../words/suggestion.js';

/** The page that explains a word: a file of docs/verdicts, and a heading in it. A null heading means the whole file. */
export interface Page {
  file: string;
  heading: string | null;
}

const page = (file: string): Page => ({ file: `${file}.md`, heading: null });
const outcome = (heading: string): Page => ({ file: 'outcomes.md', heading });

/** Every word that a scenario can expect or a report can contain: first outcomes, then causes, then statuses. */
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

/**
 * Finds the page of a word. Upper and lower case are the same.
 *
 * @throws UsageError for a word that no page explains
 */
export function findPage(word: string): Page {
  const pages = new Map(Object.values(PAGES).flatMap((each) => Object.entries<Page>(each)));
  const found = pages.get(word.toLowerCase());
  if (found === undefined) {
    const suggestion = didYouMean(word, pages.keys());
    throw new UsageError(`no page for ${JSON.stringify(word)}${suggestion}: loopfw explain lists the words`);
  }
  return found;
}
