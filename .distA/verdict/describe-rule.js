/** `rule 0 no-web`, or `the policy -P INPUT DROP`, or in a native rule set `the policy drop of my_input`. */
export function nameRule({ index, name, chain, text }) {
    if (text.startsWith('-P ')) {
        return `the policy ${text}`;
    }
    return index === null ? `the ${text} of ${chain}` : ['rule', index, name].filter((part) => part !== null).join(' ');
}
/** `rule 0 no-web: -A INPUT …`, or the policy. */
export function describeRule(rule) {
    return isPolicy(rule) ? nameRule(rule) : `${nameRule(rule)}: ${rule.text}`;
}
/** A policy without an entry of its own has no index. */
export function isPolicy({ index, text }) {
    return index === null || text.startsWith('-P ');
}
