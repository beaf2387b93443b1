import type { Backend } from '../model/result.js';
import type { Family, Negatable, Rule, RuleOption, Table } from '../model/rule.js';

/** Reads one value and gives its canonical form. @throws RuleError that says what is wrong with it */
export type ValueParser = (text: string, family: Family) => string;

/** A value that is the same in both families. */
export type PlainParser = (text: string) => string;

/** One option of a match or target (iptables-extensions(8)). */
export interface OptionRow {
  /** The name that iptables-save prints. */
  flag: string;
  aliases?: string[];
  /** One parser for each value. */
  values: ValueParser[];
  negatable: boolean;
  /** A shorthand: the option and the values that it is written with. */
  standsFor?: { flag: string; values: string[] };
  /** How iptables-save writes the option with these values: otherwise, or, where it says nothing, not at all (null). */
  simplify?: (option: RuleOption, family: Family) => RuleOption | null;
  /** Whether what it matches depends on time, rate, history or chance, so that nothing can be proved early. */
  dependsOnHistory?: true;
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
  dependsOnHistory?: true;
  /** Whether the kernel's code may end a packet in the match itself (hotdrop): the trace shows the rule then, whose counter does not move. */
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

export interface TargetExtension extends Extension {
  /** Why a scenario may not use it although loopfw can read it. */
  reserved?: string;
}
