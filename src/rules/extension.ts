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
  /** Whether these values say nothing, so that iptables leaves the option out. Negated, it would never match. */
  isNoOp?: (values: string[]) => boolean;
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
