import { isSameRule } from '../rules/is-same-rule.js';
import { parseSave } from '../rules/parse-save.js';
import { checkNftEvidence } from './check-nft-evidence.js';
const NO_HITS = { packets: 0, packetsBefore: 0 };
/** Holds what the kernel says in the end against the plan, and its counters against the trace. */
export function checkEvidence(firewalls, evidence) {
    const [first] = firewalls;
    return first?.kind === 'nft'
        ? checkNftEvidence(first, evidence)
        : checkIptablesEvidence(firewalls.filter((firewall) => firewall.kind === 'iptables'), evidence);
}
/**
 * Holds what the kernel gave back against the plan, by meaning and not by text, and the trace against the kernel's counters.
 * The counters are exact; a trace can be lossy.
 */
function checkIptablesEvidence(firewalls, { found, hits, unattributed }) {
    const traced = new Map(hits.map((hit) => [`${getKey(hit.family, hit.table, hit.chain)} ${hit.place}`, hit]));
    const counters = new Map();
    const contradictions = [];
    for (const [place, firewall] of firewalls.entries()) {
        const chains = new Map(listFound(found[place], firewall).map((chain) => [`${chain.table} ${chain.name}`, chain]));
        contradictions.push(...[...chains.values()].filter((found) => isUnplanned(found, firewall)).map(describeUnplanned));
        for (const chain of firewall.chains) {
            const found = chains.get(`${chain.table} ${chain.name}`);
            const difference = getDifference(chain, found);
            if (difference !== null) {
                contradictions.push(difference);
            }
            for (const counted of difference === null && found !== undefined ? getCounted(chain, found) : []) {
                addCounter(counters, counted);
                const { packets, packetsBefore } = traced.get(`${getKey(chain.family, chain.table, chain.name)} ${counted.place}`) ?? NO_HITS;
                if (counted.packets < packetsBefore || counted.packets > packets + unattributed) {
                    contradictions.push(`the kernel counted ${counted.packets} packets at entry ${counted.entry} (${counted.text}), the trace saw ${packets}`);
                }
            }
        }
    }
    return { rules: null, counters, contradictions };
}
function listFound(found, { family, chains }) {
    if (found === undefined || 'text' in found) {
        return parseSave(found?.text ?? '', family);
    }
    const byChain = new Map();
    for (const { table, name, policy } of chains) {
        byChain.set(`${table} ${name}`, { table, name, policy: policy?.verdict ?? null, packets: 0, bytes: 0, rules: [] });
    }
    for (const { table, chain: name, packets, bytes } of found.rules) {
        const chain = byChain.get(`${table} ${name}`) ?? { table, name, policy: null, packets: 0, bytes: 0, rules: [] };
        byChain.set(`${table} ${name}`, chain);
        chain.rules.push({ rule: null, packets, bytes });
    }
    return [...byChain.values()];
}
function addCounter(counters, { entry, packets, bytes }) {
    const sum = counters.get(entry) ?? { packets: 0, bytes: 0 };
    counters.set(entry, { packets: sum.packets + packets, bytes: (sum.bytes ?? 0) + bytes });
}
function getKey(family, table, chain) {
    return `${family} ${table} ${chain}`;
}
/** The kernel's counters of what comes from the scenario's entries. iptables-nft gives a policy a counter only with a header line, which only DROP has. */
function getCounted(chain, found) {
    const counted = [];
    if (chain.policy?.verdict === 'DROP' && chain.policy.entry !== null) {
        counted.push({
            entry: chain.policy.entry,
            text: `-P ${chain.name} DROP`,
            place: null,
            packets: found.packets,
            bytes: found.bytes,
        });
    }
    for (const [place, { entry, text }] of chain.lines.entries()) {
        const rule = found.rules[place];
        if (entry !== null && rule !== undefined) {
            counted.push({ entry, text, place, packets: rule.packets, bytes: rule.bytes });
        }
    }
    return counted;
}
/** Whether the kernel holds something in a chain of which the plan knows nothing. An empty chain of a loaded table is nothing. */
function isUnplanned({ table, name, policy, rules }, { chains }) {
    const isPlanned = chains.some((chain) => chain.table === table && chain.name === name);
    return !isPlanned && (rules.length > 0 || policy !== 'ACCEPT');
}
function describeUnplanned({ table, name }) {
    return `the kernel holds chain ${name} of table ${table}, which nobody has asked for`;
}
function getDifference(chain, found) {
    const where = `chain ${chain.name} of table ${chain.table}`;
    if (found === undefined) {
        // A chain that was given nothing but the policy that it has anyway need not exist.
        const isNothing = chain.lines.length === 0 && chain.policy?.verdict === 'ACCEPT';
        return isNothing ? null : `the kernel does not hold ${where}`;
    }
    if (chain.policy !== null && found.policy !== chain.policy.verdict) {
        return `${where} should have the policy ${chain.policy.verdict}, and has ${found.policy ?? 'none'}`;
    }
    if (found.rules.length !== chain.lines.length) {
        return `${where} should hold ${chain.lines.length} rules, and holds ${found.rules.length}`;
    }
    const different = chain.lines.find((line, place) => !isSameRule(line.rule, found.rules[place]?.rule ?? line.rule));
    return different === undefined ? null : `${where} does not hold the rule ${different.text} as it was given`;
}
