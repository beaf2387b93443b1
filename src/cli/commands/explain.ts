import { readFile } from 'node:fs/promises';
import { UsageError } from '../../model/errors.js';
import type { Cause, NoteKind, Outcome, Status, WarningCode } from '../../model/result.js';
import { getSection, getSummary, showPage } from '../../report/shared/page.js';
import { makePaint, type Paint } from '../../report/shared/paint.js';
import { didYouMean } from '../../words/suggestion.js';
import { EXIT_CODES } from '../output/exit-codes.js';
import { assertOutputOpen } from '../output/standard-output.js';

const FOLDER = new URL('../../../docs/', import.meta.url);

const TITLES = {
  outcomes: 'outcomes: what the client saw',
  causes: 'causes: what made it so',
  statuses: 'statuses: is it what the scenario says?',
  warnings: 'warnings: what is suspicious, without being wrong',
  notes: 'notes: why a rule did not do what was expected',
  parts: 'parts of a report',
  words: 'other words of clients, iptables and reports',
} satisfies Record<keyof typeof PAGES, string>;

/** The page that explains a word: a file of docs, and a heading in it. A null heading means the whole file. */
interface Page {
  file: string;
  heading: string | null;
}

const page = (file: string): Page => ({ file: `verdicts/${file}.md`, heading: null });
const outcome = (heading: string): Page => ({ file: 'verdicts/outcomes.md', heading });
const part = (heading: string): Page => ({ file: 'verdicts/report.md', heading });
const warning = (heading: WarningCode): Page => ({ file: 'warnings.md', heading });
const word = (heading: string): Page => ({ file: 'verdicts/words.md', heading });
/**
 * Every word that a scenario can expect or a report can contain: first outcomes, then causes, then statuses, the codes of warnings, the kinds
 * of notes, the parts of a report, and then words that users look for.
 */
const PAGES = {
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
    'not-routed': page('not-routed'),
    local: page('local'),
    unexplained: page('unexplained'),
  } satisfies Record<Cause, Page>,
  statuses: {
    passed: page('passed'),
    failed: page('failed'),
    inconclusive: page('inconclusive'),
    error: page('error'),
  } satisfies Record<Status, Page>,
  warnings: {
    'unknown-interface': warning('unknown-interface'),
    'lo-accepts-all': warning('lo-accepts-all'),
    'owner-without-user': warning('owner-without-user'),
    'never-matches': warning('never-matches'),
    'empty-range': warning('empty-range'),
    'host-bits': warning('host-bits'),
    'trace-left-out': warning('trace-left-out'),
    'unseen-table': warning('unseen-table'),
    'dead-rule': warning('dead-rule'),
    'no-target': warning('no-target'),
    statistic: warning('statistic'),
    'prerouting-without-output': warning('prerouting-without-output'),
    'dnat-nowhere': warning('dnat-nowhere'),
    'dnat-off-host': warning('dnat-off-host'),
    'route-localnet': warning('route-localnet'),
    'related-missing': warning('related-missing'),
    'notrack-and-state': warning('notrack-and-state'),
    'neighbour-discovery': warning('neighbour-discovery'),
    'ipv6-open': warning('ipv6-open'),
    'same-cable': warning('same-cable'),
    'connected-says-little': warning('connected-says-little'),
  } satisfies Record<WarningCode, Page>,
  notes: {
    'not-asked': part('not-asked'),
    'not-matched': part('not-matched'),
    'other-chain': part('other-chain'),
    'known-flow': part('known-flow'),
    nearest: part('nearest'),
  } satisfies Record<NoteKind, Page>,
  parts: {
    'why-not': part('why-not'),
    journey: part('journey'),
    advice: { file: 'verdicts/README.md', heading: 'Advice is tried' },
    world: part('world'),
  },
  words: {
    ECONNREFUSED: word('ECONNREFUSED'),
    EHOSTUNREACH: word('EHOSTUNREACH'),
    DROP: word('DROP'),
    REJECT: word('REJECT'),
    hang: word('hang'),
    control: word('control'),
    proved: word('proved'),
    policy: word('policy'),
    chain: word('chain'),
    ESTABLISHED: word('ESTABLISHED'),
    mutant: word('mutant'),
    score: word('score'),
    kind: word('kind'),
    ENETUNREACH: outcome('unreachable'),
    ECONNRESET: outcome('reset'),
    ETIMEDOUT: outcome('timeout'),
    EPERM: outcome('denied'),
    noticed: word('mutant'),
    killed: word('mutant'),
    survived: word('mutant'),
    ignored: word('mutant'),
    NoCoverage: word('mutant'),
  },
};

/** Every word that has a page. */
export const EXPLAINED = Object.values(PAGES).flatMap((pages) => Object.keys(pages));

/**
 * `loopfw explain`: prints the page of a word in reports or scenarios, or one line for each word. Returns the exit code.
 * @param words the word as reports have it: `answer eaten` is `answer-eaten`
 */
export async function explainCommand(words: string[], hasColors: boolean): Promise<number> {
  assertOutputOpen();
  const paint = makePaint(hasColors);
  process.stdout.write(words.length === 0 ? await listWords(paint) : showPage(await readPage(findPage(words.join('-'))), paint));
  return EXIT_CODES.passed;
}

async function listWords(paint: Paint): Promise<string> {
  const width = Math.max(...Object.values(PAGES).flatMap((pages) => Object.keys(pages).map((word) => word.length)));
  const groups = Object.entries(PAGES).map(async ([group, pages]) => {
    const lines = Object.entries<Page>(pages).map(
      async ([word, page]) => `  ${word.padEnd(width)}  ${showPage(getSummary(await readPage(page)), paint)}`,
    );
    return `${paint.bold(TITLES[group as keyof typeof PAGES])}\n${(await Promise.all(lines)).join('')}`;
  });
  return `${(await Promise.all(groups)).join('\n')}\nThe whole page: loopfw explain WORD\n`;
}

async function readPage({ file, heading }: Page): Promise<string> {
  const text = await readFile(new URL(file, FOLDER), 'utf8');
  return heading === null ? text : getSection(text, heading);
}

/**
 * Finds the page of a word. Upper and lower case are the same.
 *
 * @throws UsageError for a word that no page explains
 */
function findPage(word: string): Page {
  const pages = new Map(Object.values(PAGES).flatMap((each) => Object.entries<Page>(each)));
  const found = [...pages].find(([name]) => name.toLowerCase() === word.toLowerCase())?.[1];
  if (found === undefined) {
    const suggestion = didYouMean(word, pages.keys());
    throw new UsageError(`no page for ${JSON.stringify(word)}${suggestion}: loopfw explain lists the words`);
  }
  return found;
}
