import { RuleError } from './rule-error.js';
const CHAIN = /^:(?<name>\S+)\s+(?<policy>\S+)(?:\s+\[(?<packets>\d+):(?<bytes>\d+)\])?$/;
const RULE = /^(?:\[(?<packets>\d+):(?<bytes>\d+)\]\s*)?(?<text>.*)$/su;
/** @throws RuleError where it begins as something that it is not */
export function readSaveLine(line) {
    if (line.startsWith('#') && line.includes('is incompatible')) {
        throw new RuleError(`iptables-save could not show all rules: ${line}`);
    }
    if (line === '' || line.startsWith('#')) {
        return { kind: 'nothing' };
    }
    if (line.startsWith('*')) {
        return { kind: 'table', name: line.slice(1) };
    }
    if (line === 'COMMIT') {
        return { kind: 'commit' };
    }
    return line.startsWith(':') ? readChain(line) : readRule(line);
}
function readChain(line) {
    const groups = CHAIN.exec(line)?.groups;
    if (groups === undefined) {
        throw new RuleError(`not a chain: ${line}; expected :NAME POLICY [0:0]`);
    }
    return { kind: 'chain', name: groups['name'] ?? '', policy: groups['policy'] ?? '', counters: toCounters(groups) };
}
function readRule(line) {
    const groups = RULE.exec(line)?.groups ?? {};
    return { kind: 'rule', text: groups['text'] ?? '', counters: toCounters(groups) };
}
function toCounters({ packets, bytes }) {
    return packets === undefined ? null : { packets: Number(packets), bytes: Number(bytes) };
}
