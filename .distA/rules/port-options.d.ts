import type { RuleOption } from '../model/rule.js';
import type { OptionRow } from './extension.js';
/** iptables loses the negation of an option that says nothing, so that a rule which never matches would match everything. */
export declare function dropUnlessNegated({ flag, negated, values }: RuleOption): null;
/** A range of everything says nothing, and iptables-save drops it. */
export declare function unlessAll(most: number): (option: RuleOption) => RuleOption | null;
/** The ports of the matches of a protocol. */
export declare const PORT_OPTIONS: OptionRow[];
