/** The rule language, as values. Text is turned into these by rules/, and back. */
export type Family = 'ipv4' | 'ipv6';
export type Table = 'filter' | 'nat' | 'mangle' | 'raw';
export type Policy = 'ACCEPT' | 'DROP';
export interface Negatable {
    negated: boolean;
    value: string;
}
/** One option of a match or target, by its canonical long name and with its values in canonical form. */
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
    /** goto (-g) does not come back to the chain that it left; jump (-j) does. */
    how: 'jump' | 'goto';
    name: string;
    options: RuleOption[];
}
/** One rule as the kernel holds it: no comma lists, every value canonical, so that two rules that mean the same are deeply equal. */
export interface Rule {
    source: Negatable | null;
    destination: Negatable | null;
    inInterface: Negatable | null;
    outInterface: Negatable | null;
    protocol: Negatable | null;
    matches: Match[];
    target: Target | null;
}
interface Place {
    family: Family;
    table: Table;
    chain: string;
}
/**
 * One element of a scenario's `rules`. An append or insert may stand for several kernel rules, because
 * iptables expands `-s a,b -d c,d` to four.
 */
export type Entry = (Place & {
    kind: 'append';
    rules: Rule[];
}) | (Place & {
    kind: 'insert';
    position: number;
    rules: Rule[];
}) | (Place & {
    kind: 'policy';
    policy: Policy;
}) | (Place & {
    kind: 'new-chain';
});
export {};
