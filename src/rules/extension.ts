import type { Condition, Lasting, RuleAction } from '../model/plan.js';
import type { Backend } from '../model/result.js';
import type { Family, Negatable, Rule, RuleOption, Table } from '../model/rule.js';
import { FAMILY_NAMES } from '../words/addresses.js';
import { OtherFamilyError } from './errors.js';

/**
 * Reads one value and returns its canonical form.
 *
 * @param protocol what -p names before the option, in canonical form. null: nothing, or it is negated.
 * @throws RuleError that says what is wrong with the value
 */
export type ValueParser = (text: string, family: Family, protocol: string | null) => string;

/** A value that is the same in both families. */
export type PlainParser = (text: string) => string;

/**
 * What the result of a match or a target depends on. This tells whether a retransmission can get another result than the first packet.
 * - packet: fields that both packets have (addresses, ports, interfaces, protocol)
 * - mark: as packet, and the packet's mark, which other rules set
 * - segment: fields that both packets have if neither carries data (a SYN, its answer). TCP may cut data into other segments, or join it
 *   with more data (length, text, flags).
 * - flow: what connection tracking or the sockets know of the flow. It stays the same until there is an answer.
 * - expected: as flow, except for a flow that a conntrack helper expects. The first packet uses the expectation up.
 * - binding: chance, until the NAT of the flow is confirmed
 * - moment: time, chance, values that each transmission gets anew (identification, timestamps), or what the flow itself did before
 * - memory: what was counted or stored before, also from packets of other probes
 */
export type Stability = 'packet' | 'mark' | 'segment' | 'flow' | 'expected' | 'binding' | 'moment' | 'memory';

/**
 * What a rule can change:
 * - fate: the packet's verdict, its path, or fields that later rules read
 * - mark: only the packet's mark
 * - none: nothing of the packet
 */
export type Effect = 'fate' | 'mark' | 'none';

/** One option of a match or target (iptables-extensions(8)). */
export interface OptionRow {
  /** The name that iptables-save prints. */
  flag: string;
  aliases?: string[];
  /** One parser for each value. */
  values: ValueParser[];
  negatable: boolean;
  /** The field of the packet that it compares with its value, if this alone can show that it does not match. */
  comparedField?: Condition['of'];
  /** For an option that is a range: the canonical form of the range of all values. No packet meets its negation. */
  whole?: string;
  /** For a shorthand: the option and the values that iptables-save writes instead. */
  standsFor?: { flag: string; values: string[] };
  /** How iptables-save writes the option with these values. null: iptables-save leaves it out, because it has no effect. */
  simplify?: (option: RuleOption, family: Family) => RuleOption | null;
}

/** The tables and chains where the kernel accepts a match or target. */
export interface TargetPlace {
  /** Default: all tables. */
  tables?: Table[];
  /** The built-in chains from which packets may come. Default: all of them. */
  chains?: string[];
}

/** The parts of its rule that a match or target can check. */
export interface RuleContext {
  protocol: Negatable | null;
  family: Family;
}

export interface Extension {
  /** In the order in which iptables-save prints them. */
  options: OptionRow[];
  /** How many of its options may be given. */
  least: number;
  most: number;
  /** Default: both. */
  families?: Family[];
  /** -p must name one of these. */
  protocols?: string[];
  /** In this family it needs no -p. */
  needsNoProtocolIn?: Family;
  /** -p must come before the first option of the match, not only before the end of the rule. */
  wantsProtocolFirst?: true;
  /** Its options may be used without -m after -p of its protocol. */
  isImplied?: true;
  /** Several -m of it in one rule become one match. */
  isMerged?: true;
  /**
   * Whether the kernel code of the match can drop the packet itself (hotdrop). nft's trace then shows the rule, but the rule's counter does
   * not change. The trace of the legacy back end shows nothing.
   */
  mayEndPacketItself?: true;
  /** Sets of flags. A rule may have at most one flag of each set. */
  alternatives?: string[][];
  /** Adds the options that have a default value, and combines options as iptables-save does. */
  complete?: (options: RuleOption[], family: Family) => RuleOption[];
  /** @throws RuleError if the options contradict each other or the rest of the rule */
  assertFits?: (options: RuleOption[], context: RuleContext) => void;
  /** Where the kernel accepts it with these options. */
  place?: TargetPlace | ((options: RuleOption[], family: Family) => TargetPlace);
  /** Why a back end cannot hold it, or null. */
  getUnsupported?: (options: RuleOption[], rule: Rule, backend: Backend) => string | null;
}

export interface MatchExtension extends Extension {
  stability: Stability | ((options: RuleOption[]) => Stability);
  /** Rules with the same name share one memory. Without this function, each rule has its own. */
  memoryName?: (options: RuleOption[]) => string;
  /** How long a decision lasts in a world whose rules are never replaced. Default: not known. */
  getLasting?: (options: RuleOption[], memory: SharedMemory) => Lasting;
  /** Whether it matches every packet. */
  matchesAll: boolean;
  /** Finds an option that no packet meets. Ranges of numbers need no such function. */
  findUnmet?: (options: RuleOption[]) => RuleOption | undefined;
  /** Whether iptables passes it to the kernel exactly as written. loopfw then need not read it back. */
  isPlain: boolean;
  /** The most bytes that it takes in a rule of nf_tables. */
  nftBytes: number;
}

/** What else decides how long the memory of a match keeps a decision. */
export interface SharedMemory {
  /** The options of all matches that share it. */
  all: RuleOption[][];
  /** Whether packets come from so few addresses that no list overflows. */
  areSourcesFew: boolean;
}

/** The usual values of a match. */
export const USUAL_MATCH = { matchesAll: false, isPlain: false, nftBytes: 230 } as const;

export interface TargetExtension extends Extension {
  stability: Stability | ((options: RuleOption[]) => Stability);
  /** What it does with a packet. translate: NAT, which also accepts the packet. */
  verdict: Exclude<RuleAction, 'jump' | 'goto'>;
  effect: Effect | ((options: RuleOption[]) => Effect);
  /** The names of the memories that it shares with matches. Default: none. */
  memoryNames?: (options: RuleOption[]) => string[];
  /** As `isPlain` of a match. */
  isPlain: boolean;
  /** Why a scenario may not use it, although loopfw can read it. */
  reserved?: string;
}

export function getFlags({ flag, aliases = [] }: OptionRow): string[] {
  return [flag, ...aliases];
}

export function findOptionOf(row: Extension, flag: string): OptionRow | null {
  for (const option of row.options) {
    if (option.flag === flag || option.aliases?.includes(flag) === true) {
      return option;
    }
  }
  return null;
}

/** @throws OtherFamilyError if a match or target is only for the other family */
export function assertFamily(what: string, { families }: Pick<Extension, 'families'>, family: Family): void {
  const [only] = families ?? [];
  if (only !== undefined && only !== family) {
    throw new OtherFamilyError(explainFamily(what, only));
  }
}

/** The message for something that is for one family only, in a rule of the other family. */
export function explainFamily(what: string, only: Family): string {
  const hint = only === 'ipv6' ? 'begin with ip6tables, or say "family": "ipv6"' : 'the rule is IPv6';
  return `${what} is for ${FAMILY_NAMES[only]} only: ${hint}`;
}
