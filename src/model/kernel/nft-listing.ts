import type { Step } from '../result.js';

/** A native rule set as `nft list ruleset` shows it. */
export interface NftListing {
  /** The chains of ip, ip6 and inet, in the order of the listing. */
  chains: NftChain[];
  /** The number of rules in tables of arp, bridge and netdev, which no trace of a probe shows. */
  unseenRules: number;
  /** The listing without the parts that packets change: counters, used quotas, elements of dynamic sets. */
  lasting: string;
}

export interface NftChain {
  family: 'ip' | 'ip6' | 'inet';
  table: string;
  name: string;
  /** null for a chain that only other chains jump to. */
  base: NftBase | null;
  rules: NftRule[];
}

/** The hook, priority and policy of a base chain. */
export interface NftBase {
  type: string;
  hook: Step['hook'];
  priority: number;
  policy: 'accept' | 'drop';
}

export interface NftRule {
  /** The index among all rules of the rule set, from 0 in the order of the listing; null for a rule of loopfw's own. */
  index: number | null;
  /** Which of the native files of the rule set has the rule: its place among them. */
  file: number;
  handle: string;
  /** The listed text without the handle and the counters. */
  text: string;
  comment: string | null;
  /** Whether the rule sends an answer to the packets that it ends. */
  rejects: boolean;
  counter: NftCounter | null;
}

/** The counter statement of a rule. */
export interface NftCounter {
  packets: number;
  bytes: number;
  /** Whether the counter counts exactly the packets that match the whole rule. false: conditions follow the counter. */
  isLast: boolean;
}
