import type { NftBase } from '../../model/kernel/nft-listing.js';
import type { Condition } from '../../model/plan.js';
import { NftTraitsReader } from './nft-traits-reader.js';
import type { RetransmissionTraits } from './traits.js';

/** A word of a listing, which has no comments and separates all words. */
const WORD = /"[^"]*"|[{},]|[^\s{},"]+/g;
/** Most rules match this, and need not be read word by word. For 10,000 rules, reading word by word takes a tenth of a second. */
const PLAIN =
  /^(?:(?:ip6? [sd]addr|(?:tcp|udp) [sd]port|[io]ifname) (?:!= )?[^\s{@!]+ )*(?:counter )?(?:accept|drop|return|reject|(?:jump|goto) [^\s]+)(?: comment "[^"]*")?$/;
const PLAIN_TRAITS: RetransmissionTraits = {
  stabilities: [],
  effect: 'fate',
  memories: [],
  keepers: [],
  conditions: [],
  rewrites: [],
  assignsHelper: false,
};
const REWRITES_RAW = /@(?:nh|th|ll|ih),\d+,\d+ set\b/;
const ALL_THAT_CAN_BE_REWRITTEN: Condition['of'][] = ['protocol', 'source', 'destination', 'sourcePort', 'destinationPort'];
const ASSIGNS_HELPER = /\bct (?:helper|expectation) set\b/;

/**
 * Reads the traits of a rule in nft's listing, word by word. An unknown word counts as one that can change with each packet and decide its
 * fate.
 *
 * @param changing sets that packets or time change
 * @param hook the hook of the rule's chain; null for a chain that has none
 */
export function readNftRetransmissionTraits(
  text: string,
  changing: Set<string>,
  hook: NftBase['hook'] | null = null,
): RetransmissionTraits {
  if (PLAIN.test(text)) {
    return PLAIN_TRAITS;
  }
  const traits = new NftTraitsReader(text.match(WORD) ?? [], changing, hook).read();
  const rewrites = REWRITES_RAW.test(text) ? ALL_THAT_CAN_BE_REWRITTEN : traits.rewrites;
  return { ...traits, rewrites, assignsHelper: ASSIGNS_HELPER.test(text) };
}

/** The sets and maps of a listing whose elements are added and removed, or have their own counters. */
export function findChangingSets(listing: string): Set<string> {
  const changing = new Set<string>();
  for (const [, name = '', body = ''] of listing.matchAll(/^\t(?:set|map) (\S+) \{(?: # handle \d+)?\n([^]*?)^\t\}$/gm)) {
    if (/\b(?:dynamic|timeout|expires|limit|quota|count|last)\b/.test(body)) {
      changing.add(name);
    }
  }
  for (const [, name = ''] of listing.matchAll(/\b(?:add|update|delete) @(\S+)/g)) {
    changing.add(name);
  }
  return changing;
}
