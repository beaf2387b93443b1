import type { Condition, RuleAction } from '../model/plan.js';
import type { Backend } from '../model/result.js';
import type { Family, Negatable, Rule, RuleOption, Table } from '../model/rule.js';

/** Reads one value and gives its canonical form. @throws RuleError that says what is wrong with it */
export type ValueParser = (text: string, family: Family) => string;

/** A value that is the same in both families. */
export type PlainParser = (text: string) => string;

/**
 * What decides a match or a target, so whether a packet that is sent again may be decided otherwise than the first:
 * - packet: what both have (addresses, ports, interfaces, protocol)
 * - segment: what both have where neither carries data (a SYN, its answer): data may be cut anew, or put together with more (length, text, flags)
 * - mark: the packet's mark too, which other rules set
 * - flow: what connection tracking or the sockets know of the flow: the same until there was an answer
 * - expected: the same, but for a flow that a helper expects: the first packet uses the expectation up
 * - binding: chance, until the flow's translation is confirmed
 * - moment: time, chance, what each transmission has anew (identification, timestamps), or what the flow itself has done before
 * - memory: what was counted or noted before, of the packets of other probes too
 */
export type Stability = 'packet' | 'mark' | 'segment' | 'flow' | 'expected' | 'binding' | 'moment' | 'memory';

/** What a rule can change: the packet's fate (its verdict, its way, what later rules read in it), its mark alone, or nothing of it. */
export type Effect = 'fate' | 'mark' | 'none';

/** One option of a match or target (iptables-extensions(8)). */
export interface OptionRow {
  /** The name that iptables-save prints. */
  flag: string;
  aliases?: string[];
  /** One parser for each value. */
  values: ValueParser[];
  negatable: boolean;
  /** What of the packet it compares with its value, where that alone can tell that it does not match. */
  asks?: Condition['of'];
  /** A shorthand: the option and the values that it is written with. */
  standsFor?: { flag: string; values: string[] };
  /** How iptables-save writes the option with these values: otherwise, or, where it says nothing, not at all (null). */
  simplify?: (option: RuleOption, family: Family) => RuleOption | null;
}

/** Where the kernel takes a match or target. */
export interface Place {
  /** All tables, unless said. */
  tables?: Table[];
  /** The built-in chains that a packet may come from; all of them, unless said. */
  chains?: string[];
}

/** What a match or target can see of the rest of its rule. */
export interface Surroundings {
  protocol: Negatable | null;
  family: Family;
}

export interface Extension {
  /** In the order in which iptables-save prints them. */
  options: OptionRow[];
  /** How many of its options may be given. */
  least: number;
  most: number;
  /** Both, unless said. */
  families?: Family[];
  /** -p must name one of these. */
  protocols?: string[];
  /** -p must come before the first option, not only before the end of the rule. */
  wantsProtocolFirst?: true;
  /** Its options may be used without -m after -p of its protocol. */
  isImplied?: true;
  /** Several -m of it in one rule are one match. */
  isMerged?: true;
  /**
   * Whether the kernel's code may end a packet in the match itself (hotdrop): nft's trace shows the rule then, whose counter does not move; that of
   * legacy shows nothing.
   */
  mayEndPacketItself?: true;
  /** Sets of flags of which one at most may be given. */
  alternatives?: string[][];
  /** Adds what holds unless it is given, and writes the options together as iptables-save does. */
  complete?: (options: RuleOption[], family: Family) => RuleOption[];
  /** @throws RuleError where it does not go with itself or with the rest of the rule */
  assertFits?: (options: RuleOption[], surroundings: Surroundings) => void;
  /** Where the kernel takes it with these options. */
  place?: Place | ((options: RuleOption[], family: Family) => Place);
  /** Why a back end cannot do this, or null. */
  getUnsupported?: (options: RuleOption[], rule: Rule, backend: Backend) => string | null;
}

export interface MatchExtension extends Extension {
  stability: Stability | ((options: RuleOption[]) => Stability);
  /** Rules with the same name have one memory; without it each rule has its own. */
  memoryName?: (options: RuleOption[]) => string;
  /** Whether it matches whatever packet comes. */
  matchesAll: boolean;
  /** Whether it comes to the kernel as it is written, so that it need not be read back. */
  isPlain: boolean;
  /** At most how many bytes it takes in a rule of nf_tables. */
  nftBytes: number;
}

/** What is true of nearly every match. */
export const USUAL_MATCH = { matchesAll: false, isPlain: false, nftBytes: 230 } as const;

export interface TargetExtension extends Extension {
  stability: Stability | ((options: RuleOption[]) => Stability);
  /** What it does with a packet; translate: it accepts what it has rewritten. */
  verdict: Exclude<RuleAction, 'jump' | 'goto'>;
  effect: Effect;
  /** As a match's. */
  isPlain: boolean;
  /** Why a scenario may not use it although loopfw can read it. */
  reserved?: string;
}
