const WORDS = {
    connected: { outcome: 'connected' },
    refused: { outcome: 'refused' },
    unreachable: { outcome: 'unreachable' },
    denied: { outcome: 'denied' },
    reset: { outcome: 'reset' },
    timeout: { outcome: 'timeout' },
    service: { cause: 'service' },
    'no-listener': { cause: 'no-listener' },
    rejected: { cause: 'rejected' },
    dropped: { cause: 'dropped' },
    'answer-eaten': { cause: 'answer-eaten' },
    silent: { cause: 'silent' },
    local: { cause: 'local' },
    unexplained: { cause: 'unexplained' },
    closed: { outcome: 'refused', cause: 'no-listener' },
};
/** What a word of `expect` stands for; an object says it already. */
export function normalizeExpectation(expect) {
    return typeof expect === 'string' ? { ...WORDS[expect] } : expect;
}
/** The words of `expect` that ask for an outcome, and those that ask for a cause. */
export function getWords(key) {
    return Object.entries(WORDS).flatMap(([word, expectation]) => key in expectation && Object.keys(expectation).length === 1 ? [word] : []);
}
