import type { NftCounter } from '../model/nft-listing.js';

/** The parts of a listing that packets change. Strings are matched too, so that they can be left unchanged. */
const COUNTS = /"[^"]*"|[ \t](?:packets \d+ bytes \d+|used (?:never|\d+ ?\w+)|expires \w+)/g;

/** Statements that apply to every packet (nft(8), STATEMENTS). The strings in the text are empty here. */
const UNCONDITIONAL = [
  'accept|drop|return|continue|notrack',
  String.raw`(?:jump|goto) \S+`,
  String.raw`reject(?: with (?:tcp reset|icmp(?:x|v6)?(?: type)? \S+))?`,
  String.raw`log(?: (?:prefix ""|(?:level|group|snaplen|queue-threshold) \w+|flags (?:all|skuid|ether|ip options|tcp \S+)))*`,
  String.raw`(?:(?:[sd]nat|masquerade|redirect)(?: ip6?)?(?: to [^\s@]+)?(?: (?:random|fully-random|persistent)(?:,\S+)*)?)`,
  'comment ""',
];
const REST = new RegExp(`^(?: (?:${UNCONDITIONAL.join('|')}))*$`);

/** The text without the parts that packets change. */
export function withoutCounts(text: string): string {
  return text.replaceAll(COUNTS, (found) => (found.startsWith('"') ? found : ''));
}

/** The counter of a rule: the last one, if it has several. null if it has none. */
export function readNftCounter(rule: string): NftCounter | null {
  const bare = rule.replaceAll(/"[^"]*"/g, '""');
  const found = [...bare.matchAll(/\bcounter packets (\d+) bytes (\d+)/g)].at(-1);
  return found === undefined
    ? null
    : { packets: Number(found[1]), bytes: Number(found[2]), isLast: REST.test(bare.slice(found.index + found[0].length)) };
}
