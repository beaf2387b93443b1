import type { Entry } from '../model/rule.js';

interface OrderedRule {
  index: number | null;
  entries: Entry[];
}

/**
 * How to bring a rule before another one of its chain: `put rule 5 before rule 4`. With -I, the order of the lines is not that of the chain:
 * what is inserted later comes first.
 */
export function describeOrder(own: OrderedRule, other: OrderedRule, chain: string): string {
  if (!isInserted(own) && !isInserted(other)) {
    return `put rule ${own.index} before rule ${other.index}`;
  }
  return isInserted(other) && (other.index ?? 0) > (own.index ?? 0)
    ? `write rule ${other.index} with -A`
    : `write rule ${own.index} with -I ${chain} 1`;
}

function isInserted({ entries }: OrderedRule): boolean {
  return entries.some(({ kind }) => kind === 'insert');
}
