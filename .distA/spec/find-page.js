import { UsageError } from '../errors.js';
import { didYouMean } from '../rules/suggest-word.js';
const page = (file) => ({ file: `${file}.md`, heading: null });
const outcome = (heading) => ({ file: 'outcomes.md', heading });
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
    },
    causes: {
        service: page('service'),
        'no-listener': page('no-listener'),
        rejected: page('rejected'),
        dropped: page('dropped'),
        'answer-eaten': page('answer-eaten'),
        silent: page('silent'),
        local: page('local'),
        unexplained: page('unexplained'),
    },
    statuses: {
        passed: page('passed'),
        failed: page('failed'),
        inconclusive: page('inconclusive'),
        error: page('error'),
    },
};
/** @throws UsageError for a word that no page explains */
export function findPage(word) {
    const pages = new Map(Object.values(PAGES).flatMap((each) => Object.entries(each)));
    const found = pages.get(word.toLowerCase());
    if (found === undefined) {
        const suggestion = didYouMean(word, pages.keys());
        throw new UsageError(`no page for ${JSON.stringify(word)}${suggestion}: loopfw explain lists the words`);
    }
    return found;
}
