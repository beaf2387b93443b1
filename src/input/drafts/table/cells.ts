import type { DecidingRule } from '../../../model/result.js';
import type { DraftScenario } from './draft.js';
import type { DraftTable } from './parties.js';

/** A question of a table. */
export interface Cell {
  from: string;
  /** The name of a server, or a URL. */
  to: string;
}

/** A cell with what the kernel answered. */
export interface FilledCell extends Cell {
  expect: string;
  /** null: the default. A cell that has one is written as a probe, for only probes have time limits. */
  timeoutMs: number | null;
  /** What decided it; null: nothing is known of it. */
  rule: DecidingRule | null;
}

/** A draft whose cells have expectations. */
export interface FilledDraft extends DraftScenario {
  name: string;
  /** The path of the schema, as the scenario file names it; null: it names none. */
  schema: string | null;
  /** The rule set files, as the scenario file names them. */
  files: string[];
  cells: FilledCell[];
  /** The rows that nothing tells from another one, by the name of its client. */
  merged: Map<string, MergedRow[]>;
}

/** A client whose row is left out, for another has the same one. */
export interface MergedRow {
  address: string;
  /** The prefixes of rules for which the client was asked. */
  named: string[];
  isStranger: boolean;
  /** Whether other rules decided some of its cells. */
  hasOtherRules: boolean;
}

/** The tables that have cells. */
export function listFilled({ tables, cells }: FilledDraft): { table: DraftTable; own: FilledCell[] }[] {
  return tables
    .map((table) => ({ table, own: cells.filter(({ from, to }) => table.clients.includes(from) && table.targets.includes(to)) }))
    .filter(({ own }) => own.length > 0);
}

/** All cells of a draft, in the order of its tables. */
export function listCells({ tables }: Pick<DraftScenario, 'tables'>): Cell[] {
  return tables.flatMap(({ clients, targets }) => clients.flatMap((from) => targets.map((to): Cell => ({ from, to }))));
}

/**
 * Merges rows that nothing tells apart: two clients that see the same of the same targets become one. The one for everyone stays, else the
 * first. A client stays in the scenario if it is a target.
 */
export function mergeRows(draft: FilledDraft): FilledDraft {
  const groups = new Map<string, string[]>();
  const get = (from: string) => draft.cells.filter((cell) => cell.from === from);
  for (const { name, isStranger } of draft.clients) {
    const row = get(name);
    const key = JSON.stringify(row.length === 0 ? name : row.map(({ to, expect, timeoutMs }) => [to, expect, timeoutMs]));
    const others = groups.get(key) ?? [];
    groups.set(key, isStranger ? [name, ...others] : [...others, name]);
  }
  const merged = new Map<string, MergedRow[]>();
  const gone = new Set<string>();
  for (const [kept = '', ...others] of groups.values()) {
    const rules = (from: string) => JSON.stringify(get(from).map(({ rule }) => rule));
    for (const name of others) {
      const client = draft.clients.find((each) => each.name === name);
      if (client !== undefined) {
        gone.add(name);
        const { address, named, isStranger } = client;
        merged.set(kept, [...(merged.get(kept) ?? []), { address, named, isStranger, hasOtherRules: rules(name) !== rules(kept) }]);
      }
    }
  }
  const cells = draft.cells.filter(({ from }) => !gone.has(from));
  const asked = new Set(cells.flatMap(({ to }) => /^\w+:\/\/(?:\[(.*)\]|([^:]*))/.exec(to)?.slice(1) ?? []));
  return { ...draft, cells, merged, clients: draft.clients.filter(({ name, address }) => !gone.has(name) || asked.has(address)) };
}
