import { describeRule } from './describe-rule.js';
const PHRASES = {
    service: 'the server answered',
    'no-listener': 'nothing listens there',
    rejected: 'rejected',
    dropped: 'dropped',
    'answer-eaten': 'answer eaten',
    silent: 'the request arrived, no answer was sent',
    local: 'no packet left',
    unexplained: 'no evidence why',
};
/** The cause and its rule in brackets, to stand behind an outcome. */
export function describeWhatHappened({ cause, rule, observed }) {
    const byRule = rule === null || cause === 'service' || cause === 'no-listener' ? '' : ` by ${describeRule(rule)}`;
    return ` (${getPhrase(cause, observed.outcome)}${byRule})`;
}
/** Who resets a connection need not be the server, and who says that there is no way does not speak of listeners. */
function getPhrase(cause, outcome) {
    if (cause === 'service' && outcome === 'reset') {
        return 'by no rule';
    }
    return cause === 'no-listener' && outcome === 'unreachable' ? 'no way leads there' : PHRASES[cause];
}
