import { assertPrintable } from './assert-printable.js';
import { parseArguments } from './parse-arguments.js';
import { RuleError } from './rule-error.js';
import { splitShellWords } from './split-shell-words.js';
import { toPortArguments } from './to-port-arguments.js';
import { ANSWER_PREFIXES, ANSWERS } from './values/reject-type.js';
import { withKey } from './with-key.js';
/**
 * Reads a rule that is written as an object: its keys become the arguments of iptables(8), which are then read like any others.
 *
 * @returns one entry, or one for each family with `"family": "both"`
 * @throws RuleError whose key is the property at fault
 */
export function parseRuleObject(input) {
    for (const [key, value] of Object.entries(input)) {
        if (typeof value === 'string') {
            assertPrintable(value, key);
        }
    }
    for (const [key, { targets }] of Object.entries(TARGET_KEYS)) {
        if (Object.hasOwn(input, key) && !targets.includes(input.target)) {
            throw new RuleError(`${key} goes with the target ${targets.join(' or ')} only`, key);
        }
    }
    const families = input.family === 'both' ? ['ipv4', 'ipv6'] : [input.family ?? null];
    return families.map((family) => parseArguments(family, (assumed) => makeArguments(input, assumed)));
}
/** Keys that stand for an option of one target. */
const TARGET_KEYS = {
    rejectWith: { targets: ['REJECT'], flag: '--reject-with' },
    toDestination: { targets: ['DNAT'], flag: '--to-destination' },
    toSource: { targets: ['SNAT'], flag: '--to-source' },
};
function makeArguments(input, family) {
    return [
        ...toArguments('table', '-t', input.table ?? 'filter'),
        ...toArguments('chain', ...(input.insert === true ? ['-I', input.chain, '1'] : ['-A', input.chain])),
        ...toNegatable('protocol', '-p', input.protocol),
        ...toNegatable('source', '-s', input.source),
        ...toNegatable('destination', '-d', input.destination),
        ...toNegatable('inInterface', '-i', input.inInterface),
        ...toNegatable('outInterface', '-o', input.outInterface),
        ...toPortArguments(input, 'sourcePort'),
        ...toPortArguments(input, 'destinationPort'),
        ...toState(input.state),
        ...splitMatch(input.match),
        ...toArguments('comment', '-m', 'comment', '--comment', input.comment),
        ...toArguments('target', '-j', input.target),
        ...toArguments('rejectWith', TARGET_KEYS.rejectWith.flag, normalizeAnswer(input.rejectWith, family)),
        ...toArguments('toDestination', TARGET_KEYS.toDestination.flag, input.toDestination),
        ...toArguments('toSource', TARGET_KEYS.toSource.flag, input.toSource),
    ];
}
/** Nothing where one of the words is missing. */
function toArguments(key, ...words) {
    const given = words.filter((word) => word !== undefined);
    return given.length < words.length ? [] : given.map((text) => ({ text, key }));
}
function toNegatable(key, flag, value) {
    const [, not = '', rest = ''] = /^(!?) *(.*)$/.exec(value ?? '') ?? [];
    const words = toArguments(key, flag, value === undefined ? undefined : normalizeList(rest));
    return not === '' ? words : [{ text: '!', key }, ...words];
}
function toState(value) {
    if (value === undefined) {
        return [];
    }
    return [...toArguments('state', '-m', 'conntrack'), ...toNegatable('state', '--ctstate', value)];
}
function splitMatch(match) {
    if (match === undefined) {
        return [];
    }
    return withKey('match', () => splitShellWords(match)).map((text) => ({ text, key: 'match' }));
}
/** In JSON a list is often written with a space after the comma. */
function normalizeList(value) {
    return value.replace(/ *, */g, ',').trimEnd();
}
/** Scenario files may name an answer without the prefix that iptables wants. */
function normalizeAnswer(answer, family) {
    const full = `${ANSWER_PREFIXES[family]}${answer?.toLowerCase()}`;
    return answer !== undefined && ANSWERS[family].includes(full) ? full : answer;
}
