import type { Family, Negatable, Policy, RuleOption, Table } from '../../model/rule.js';
import type { Extension, TargetExtension } from '../extension.js';

/** A match or target while its options are being read. */
export interface DraftExtension<Row extends Extension = Extension> {
  name: string;
  row: Row;
  options: RuleOption[];
  /** The property of the rule object that it, or its last option, comes from. */
  key: string | null;
}

export type Command =
  | { kind: 'append'; chain: string }
  | { kind: 'insert'; chain: string; position: number }
  | { kind: 'policy'; chain: string; policy: Policy }
  | { kind: 'new-chain'; chain: string };

/** What has been read of a rule so far. */
export interface Draft {
  family: Family;
  command: Command | null;
  table: Table | null;
  /** The general options that have been given, by their short names. */
  given: Set<string>;
  /** One element for each address of a list. null is any address. */
  sources: (Negatable | null)[];
  destinations: (Negatable | null)[];
  inInterface: Negatable | null;
  outInterface: Negatable | null;
  protocol: Negatable | null;
  fragment: { negated: boolean } | null;
  matches: DraftExtension[];
  /** `extension` is null if the target is a user chain. */
  target: { how: 'jump' | 'goto'; name: string; extension: DraftExtension<TargetExtension> | null } | null;
  /** Whether the rule may use targets that are reserved for loopfw. */
  allowsReserved: boolean;
}

export function makeDraft(family: Family, allowsReserved: boolean): Draft {
  return {
    family,
    command: null,
    table: null,
    given: new Set(),
    sources: [null],
    destinations: [null],
    inInterface: null,
    outInterface: null,
    protocol: null,
    fragment: null,
    matches: [],
    target: null,
    allowsReserved,
  };
}

/** The matches in the order in which they were given, then the target, unless it is a user chain. */
export function getExtensions(draft: Draft): DraftExtension[] {
  const target = draft.target?.extension ?? null;
  return target === null ? draft.matches : [...draft.matches, target];
}
