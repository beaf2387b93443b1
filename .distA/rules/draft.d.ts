import type { Family, Negatable, Policy, RuleOption, Table } from '../model/rule.js';
import type { Extension, TargetExtension } from './extension.js';
/** A match or target while its options are being read. */
export interface DraftExtension<Row extends Extension = Extension> {
    name: string;
    row: Row;
    options: RuleOption[];
    /** Where it, or its last option, came from. */
    key: string | null;
}
export type Command = {
    kind: 'append';
    chain: string;
} | {
    kind: 'insert';
    chain: string;
    position: number;
} | {
    kind: 'policy';
    chain: string;
    policy: Policy;
} | {
    kind: 'new-chain';
    chain: string;
};
/** What has been read of a rule so far. */
export interface Draft {
    family: Family;
    command: Command | null;
    table: Table | null;
    /** The general options that have been given, by their short names. */
    given: Set<string>;
    /** One element for each address of a list; null is any. */
    sources: (Negatable | null)[];
    destinations: (Negatable | null)[];
    inInterface: Negatable | null;
    outInterface: Negatable | null;
    protocol: Negatable | null;
    matches: DraftExtension[];
    /** row is null for a chain. */
    target: {
        how: 'jump' | 'goto';
        name: string;
        extension: DraftExtension<TargetExtension> | null;
    } | null;
    /** Whether targets that are reserved for loopfw may be read. */
    allowsReserved: boolean;
}
export declare function makeDraft(family: Family, allowsReserved: boolean): Draft;
/** The matches and the target in the order in which they were given. */
export declare function getExtensions(draft: Draft): DraftExtension[];
