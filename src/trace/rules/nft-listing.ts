import type { NftBase, NftChain, NftCounter, NftListing, NftRule } from '../../model/kernel/nft-listing.js';

const TABLE = /^table (\w+) (\S+) \{/;
const FAMILIES: NftChain['family'][] = ['ip', 'ip6', 'inet'];
const CHAIN = /^\tchain (\S+) \{/;
const BASE = /^\t\ttype (\w+) hook (\w+) priority (-?\d+); policy (accept|drop);/;
const RULE = /^\t\t(.*) # handle (\d+)$/s;

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

/**
 * Reads the output of `nft -a -y list ruleset`: chains and rules with their handles, and priorities as numbers.
 * A rule is one line, unless its strings contain line breaks. Any other object of a table (a set, a counter) ends with a line that is only
 * a brace.
 *
 * @param ownTable the name of loopfw's own table, whose rules get no index
 * @param isLeftOut whether a table is no native one
 */
export function parseNftListing(
  text: string,
  ownTable: string,
  isLeftOut: (table: Pick<NftChain, 'family' | 'table'>) => boolean = () => false,
): NftListing {
  const chains: NftChain[] = [];
  const lasting: string[] = [];
  let table: Pick<NftChain, 'family' | 'table'> | null = null;
  let chain: NftChain | null = null;
  let [count, unseenRules] = [0, 0];
  let isOut = false;
  let object: string[] = [];
  for (const line of text.match(/(?:"[^"]*"|[^"\n])+/g) ?? []) {
    object.push(withoutCounts(line));
    const [opened, name] = [TABLE.exec(line), CHAIN.exec(line)?.[1]];
    if (opened?.[2] !== undefined) {
      const family = FAMILIES.find((each) => each === opened[1]);
      table = family === undefined ? null : { family, table: opened[2] };
      isOut = table !== null && isLeftOut(table);
    } else if (name !== undefined && table !== null && !isOut) {
      chain = { ...table, name, base: null, rules: [] };
      chains.push(chain);
    } else if (chain !== null) {
      chain.base ??= readBase(line);
      const rule = readRule(line);
      if (rule !== null) {
        chain.rules.push({ ...rule, index: chain.table === ownTable ? null : count++, file: 0 });
      }
    } else if (table === null && readRule(line) !== null) {
      unseenRules++;
    }
    if (line.trim() === '}') {
      chain = null;
      if (!isOut) {
        lasting.push(...(isChangedByPackets(object) ? withoutElements(object) : object));
      }
      object = [];
    }
  }
  return { chains, unseenRules, lasting: lasting.join('\n') };
}

function readBase(line: string): NftBase | null {
  const [, type, hook, priority, policy] = BASE.exec(line) ?? [];
  return type === undefined
    ? null
    : { type, hook: hook as NftBase['hook'], priority: Number(priority), policy: policy as NftBase['policy'] };
}

function readRule(line: string): Omit<NftRule, 'index' | 'file'> | null {
  const [, listed, handle] = RULE.exec(line) ?? [];
  if (listed === undefined || handle === undefined) {
    return null;
  }
  return {
    handle,
    text: withoutCounts(listed),
    comment: /(?:^| )comment "([^"]*)"$/.exec(listed)?.[1] ?? null,
    rejects: /(?:^| )reject(?: |$)/.test(listed.replaceAll(/"[^"]*"/g, '""')),
    counter: readNftCounter(listed),
  };
}

/** Whether packets add elements to a set, or its elements expire. */
function isChangedByPackets(object: string[]): boolean {
  return object.some((line) => /^\t\t(?:flags .*\b(?:dynamic|timeout)\b|timeout )/.test(line));
}

/** Removes the elements of a set, which are the last part of it. */
function withoutElements(object: string[]): string[] {
  const start = object.findIndex((line) => line.startsWith('\t\telements = '));
  return start === -1 ? object : [...object.slice(0, start), '\t}'];
}

/** The text without the parts that packets change. */
function withoutCounts(text: string): string {
  return text.replaceAll(COUNTS, (found) => (found.startsWith('"') ? found : ''));
}

/** The counter of a rule: the last one, if it has several. null if it has none. */
function readNftCounter(rule: string): NftCounter | null {
  const bare = rule.replaceAll(/"[^"]*"/g, '""');
  const found = [...bare.matchAll(/\bcounter packets (\d+) bytes (\d+)/g)].at(-1);
  return found === undefined
    ? null
    : { packets: Number(found[1]), bytes: Number(found[2]), isLast: REST.test(bare.slice(found.index + found[0].length)) };
}
