import { layOutChains } from '../rules/lay-out-chains.js';
import { parseRuleText } from '../rules/parse-rule-text.js';
import { printRestore } from '../rules/print-restore.js';
/** A RST refuses a client at once, however it connects; an ICMP error would keep a blocking one, or one on IPv6, for a second. */
const RULES = {
    refused: ({ address, port }) => `-A INPUT -d ${address} -p tcp --dport ${port} -j REJECT --reject-with tcp-reset`,
};
/** The rule sets that put a program under faults. Nothing is traced: nobody asks what becomes of the program's packets. */
export function makeFaultFirewalls(faults) {
    const rules = faults.map((fault, index) => {
        const text = RULES[fault.kind](fault);
        return { index, text, entries: [parseRuleText(text)] };
    });
    const families = [...new Set(rules.flatMap(({ entries }) => entries.map((entry) => entry.family)))];
    return families.map((family) => makeFirewall(rules, family));
}
function makeFirewall(rules, family) {
    const entries = rules.flatMap((rule) => rule.entries).filter((entry) => entry.family === family);
    return {
        kind: 'iptables',
        backend: 'nft',
        family,
        restore: printRestore(entries, family, []),
        isPlain: false,
        chains: layOutChains(rules, family, []),
    };
}
