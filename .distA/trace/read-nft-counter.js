/** What packets change in the text of a listing; strings are left alone. */
const COUNTS = /"[^"]*"|[ \t](?:packets \d+ bytes \d+|used (?:never|\d+ ?\w+)|expires \w+)/g;
/** Statements that match whatever packet comes to them (nft(8), STATEMENTS). Strings are empty here. */
const UNCONDITIONAL = [
    'accept|drop|return|continue|notrack',
    String.raw `(?:jump|goto) \S+`,
    String.raw `reject(?: with (?:tcp reset|icmp(?:x|v6)?(?: type)? \S+))?`,
    String.raw `log(?: (?:prefix ""|(?:level|group|snaplen|queue-threshold) \w+|flags (?:all|skuid|ether|ip options|tcp \S+)))*`,
    String.raw `(?:(?:[sd]nat|masquerade|redirect)(?: ip6?)?(?: to [^\s@]+)?(?: (?:random|fully-random|persistent)(?:,\S+)*)?)`,
    'comment ""',
];
const REST = new RegExp(`^(?: (?:${UNCONDITIONAL.join('|')}))*$`);
/** The text without what packets change in it. */
export function withoutCounts(text) {
    return text.replaceAll(COUNTS, (found) => (found.startsWith('"') ? found : ''));
}
/** A rule's own counter: of several, the one that stands last. */
export function readNftCounter(rule) {
    const bare = rule.replaceAll(/"[^"]*"/g, '""');
    const found = [...bare.matchAll(/\bcounter packets (\d+) bytes (\d+)/g)].at(-1);
    return found === undefined
        ? null
        : { packets: Number(found[1]), bytes: Number(found[2]), isLast: REST.test(bare.slice(found.index + found[0].length)) };
}
