import { findOptionOf } from './option-of.js';
import { getMatch } from './match-table.js';
import { getTarget } from './target-table.js';
/** They write of a packet and let it go on: how often they do is nothing to it. Real rule sets log with a limit. */
const WITHOUT_EFFECT = ['LOG', 'NFLOG'];
/** Whether what the rule does to a packet depends on time, rate, history or chance; then a drop cannot be proved early. */
export function isHistoryDependent({ matches, target }) {
    if (target === null || WITHOUT_EFFECT.includes(target.name)) {
        return false;
    }
    const row = getTarget(target.name);
    return matches.some(({ name, options }) => isDependent(getMatch(name), options)) || (row !== null && isDependent(row, target.options));
}
function isDependent(row, options) {
    return row === null || row.dependsOnHistory === true || options.some(({ flag }) => findOptionOf(row, flag)?.dependsOnHistory === true);
}
