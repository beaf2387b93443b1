/** The rule language as values. rules/ converts between text and these values. */

export type Family = 'ipv4' | 'ipv6';
export type Table = 'filter' | 'nat' | 'mangle' | 'raw' | 'security';
export type Policy = 'ACCEPT' | 'DROP';

/** A value of a rule. negated: the rule has `!` before it. */
export interface Negatable {
  negated: boolean;
  value: string;
}

/** One option of a match or target, with its canonical long name and canonical values. */
export interface RuleOption {
  flag: string;
  negated: boolean;
  values: string[];
}

export interface Match {
  name: string;
  options: RuleOption[];
}

export interface Target {
  /** jump (-j) returns to the chain that it left; goto (-g) does not. */
  how: 'jump' | 'goto';
  name: string;
  options: RuleOption[];
}

/**
 * One rule as the kernel holds it. It has no comma lists, and every value is canonical: two rules with the same meaning are deeply equal.
 */
export interface Rule {
  source: Negatable | null;
  destination: Negatable | null;
  inInterface: Negatable | null;
  outInterface: Negatable | null;
  protocol: Negatable | null;
  /** -f: IPv4 fragments from the second on. negated: all other packets. */
  fragment: { negated: boolean } | null;
  matches: Match[];
  target: Target | null;
}

interface RulePlace {
  family: Family;
  table: Table;
  chain: string;
}

/**
 * One element of a scenario's `rules`. An append or insert can stand for several kernel rules: iptables expands `-s a,b -d c,d` to four.
 */
export type Entry =
  | (RulePlace & { kind: 'append'; rules: Rule[] })
  | (RulePlace & { kind: 'insert'; position: number; rules: Rule[] })
  | (RulePlace & { kind: 'policy'; policy: Policy })
  | (RulePlace & { kind: 'new-chain' });

/** An element of an ipset, with the options of `ipset add`. */
export interface IpsetElement {
  value: string;
  options: string[];
}

/** An ipset (ipset(8)). Every value is canonical. */
export interface Ipset {
  name: string;
  type: string;
  /** null: its elements have no addresses, or those of both families. */
  family: Family | null;
  /** How many of src and dst a look-up needs at least. With fewer of them nothing matches. */
  dimension: number;
  /** The words after the type in `ipset create`. */
  options: string[];
  elements: IpsetElement[];
  /** The least time after which one of its elements disappears, in seconds; null: never. */
  shortestTimeout: number | null;
}
