interface Counters {
    packets: number;
    bytes: number;
}
/** A line of what iptables-save(8) writes and iptables-restore(8) reads. */
export type SaveLine = {
    kind: 'nothing';
} | {
    kind: 'table';
    name: string;
} | {
    kind: 'commit';
}
/** policy is "-" for a user chain. */
 | {
    kind: 'chain';
    name: string;
    policy: string;
    counters: Counters | null;
} | {
    kind: 'rule';
    text: string;
    counters: Counters | null;
};
/** @throws RuleError where it begins as something that it is not */
export declare function readSaveLine(line: string): SaveLine;
export {};
