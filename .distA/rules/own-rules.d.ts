import type { Rule, Table } from '../model/rule.js';
/** A rule of loopfw's own, the first of its chain. */
export interface OwnRule {
    table: Table;
    chain: string;
    rule: Rule;
}
/** Makes the kernel report what becomes of every packet. On lo each one passes OUTPUT once, and the mark stays on it. */
export declare const TRACING_ON_LO: OwnRule[];
/**
 * The same where packets come in by interfaces. What NAT makes of an answer is seen in the chains behind the routing decision, and so is
 * whether a packet came as far: these rules do nothing but have such chains be there.
 */
export declare const TRACING_ON_INTERFACES: OwnRule[];
