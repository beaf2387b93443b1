/** Where a word is explained: a file of docs/verdicts, and the heading there that is its own; null: the whole file. */
export interface Page {
    file: string;
    heading: string | null;
}
/** Every word that a scenario may expect or a report may say, in the order of a verdict: seen, made so by, judged as. */
export declare const PAGES: {
    outcomes: {
        connected: Page;
        refused: Page;
        unreachable: Page;
        denied: Page;
        reset: Page;
        timeout: Page;
        closed: Page;
    };
    causes: {
        service: Page;
        'no-listener': Page;
        rejected: Page;
        dropped: Page;
        'answer-eaten': Page;
        silent: Page;
        local: Page;
        unexplained: Page;
    };
    statuses: {
        passed: Page;
        failed: Page;
        inconclusive: Page;
        error: Page;
    };
};
/** @throws UsageError for a word that no page explains */
export declare function findPage(word: string): Page;
