import type { Negatable, RuleOption, Table } from '../model/rule.js';

/** Reads one value and gives its canonical form. @throws RuleError that says what is wrong with it */
export type ValueParser = (text: string) => string;

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
  simplify?: (option: RuleOption) => RuleOption | null;
  /** Whether what it matches depends on time, rate, history or chance, so that nothing can be proved early. */
  dependsOnHistory?: true;
}

export interface Extension {
  /** In the order in which iptables-save prints them. */
  options: OptionRow[];
  /** How many of its options may be given. */
  least: number;
  most: number;
  /** -p must name one of these. */
  protocols?: string[];
  /** -p must come before the first option, not only before the end of the rule. */
  wantsProtocolFirst?: true;
  /** Several -m of it in one rule are one match. */
  isMerged?: true;
  dependsOnHistory?: true;
}

export interface TargetExtension extends Extension {
  /** Where the kernel takes it. */
  tables: Table[];
  /** Options that hold unless they are given. */
  defaults: RuleOption[];
  /** Why a scenario may not use it although loopfw can read it. */
  reserved?: string;
  /** @throws RuleError where the target does not go with the rest of the rule */
  assertFits?: (options: RuleOption[], protocol: Negatable | null) => void;
}
