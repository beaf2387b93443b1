import type { NatDestination, Chain, PlannedLine, RuleAction } from '../../model/plan.js';
import type { Entry, Family, Rule, Table } from '../../model/rule.js';
import { getTarget } from '../extensions/target-table.js';
import { parseNatDestination } from '../../words/addresses.js';
import { askOncePerPattern } from '../rule/pattern.js';
import { printRule } from '../rule/print.js';
import { BUILT_IN_CHAINS, isBuiltInChain, TABLES } from '../tables.js';
import type { OwnRule } from './own-rules.js';

interface Placed {
  index: number | null;
  text: string;
  entries: Entry[];
}

/**
 * Calculates what the kernel must hold of a family after all entries. This is every chain that has a rule or a policy, and every user
 * chain. The lines are in their final order. The calculation does not use iptables. So a comparison with the rule set that is read back
 * checks both.
 */
export function layOutChains(rules: Placed[], family: Family, own: OwnRule[]): Chain<PlannedLine>[] {
  const chains = new Map<string, Chain<PlannedLine>>();
  let last: Chain<PlannedLine> | undefined;
  for (const placed of rules) {
    for (const entry of placed.entries) {
      if (entry.family === family) {
        // Most entries belong to the chain of the entry before. The search by its name takes 4 µs in a rule set's first thousands of rules.
        const chain: Chain<PlannedLine> = last?.name === entry.chain && last.table === entry.table ? last : getOrAddChain(chains, entry);
        applyEntry(entry, placed, chain);
        last = chain;
      }
    }
  }
  for (const { table, chain, rule } of own) {
    const text = `-t ${table} -I ${chain} 1 ${printRule(rule)}`.trimEnd();
    getOrAddChain(chains, { family, table, chain }).lines.unshift(toLine(null, text, rule));
  }
  return sortChains([...chains.values()]);
}

function applyEntry(entry: Entry, { index, text }: Placed, chain: Chain<PlannedLine>): void {
  switch (entry.kind) {
    case 'policy':
      chain.policy = { verdict: entry.policy, entry: index };
      break;
    case 'append':
      for (const rule of entry.rules) {
        chain.lines.push(toLine(index, text, rule));
      }
      break;
    case 'insert':
      chain.lines.splice(entry.position - 1, 0, ...entry.rules.map((rule) => toLine(index, text, rule)).reverse());
      break;
    case 'new-chain':
      break;
  }
}

function toLine(entry: number | null, text: string, rule: Rule): PlannedLine {
  const destination = getDestination(rule);
  return destination === null
    ? { entry, text, action: getAction(rule), rule }
    : { entry, text, action: getAction(rule), destination, rule };
}

/** The destination that a DNAT gives to a packet. null if it changes the port only, and for other targets. */
function getDestination({ target }: Rule): NatDestination | null {
  const range = target?.name === 'DNAT' ? target.options.find(({ flag }) => flag === '--to-destination')?.values[0] : undefined;
  return range === undefined ? null : parseNatDestination(range);
}

const getAction = askOncePerPattern(({ target }): RuleAction =>
  target === null ? 'continue' : (getTarget(target.name)?.verdict ?? target.how),
);

function getOrAddChain(
  chains: Map<string, Chain<PlannedLine>>,
  place: { family: Family; table: Table; chain: string },
): Chain<PlannedLine> {
  const { family, table, chain: name } = place;
  const key = `${table} ${name}`;
  const known = chains.get(key);
  if (known !== undefined) {
    return known;
  }
  const policy = isBuiltInChain(table, name) ? { verdict: 'ACCEPT' as const, entry: null } : null;
  const chain: Chain<PlannedLine> = { family, table, name, policy, lines: [] };
  chains.set(key, chain);
  return chain;
}

/** Sorts by table, built-in chains first. User chains keep the order in which they were made. */
function sortChains(chains: Chain<PlannedLine>[]): Chain<PlannedLine>[] {
  return TABLES.flatMap((table) => {
    const own = chains.filter((chain) => chain.table === table);
    const builtIn = BUILT_IN_CHAINS[table].flatMap((name) => own.filter((chain) => chain.name === name));
    return [...builtIn, ...own.filter(({ policy }) => policy === null)];
  });
}
