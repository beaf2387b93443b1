import type { Backend } from '../model/result.js';
import type { Rule } from '../model/rule.js';
import { getMatch } from './match-table.js';
import { getTarget } from './target-table.js';

/**
 * The most bytes of the matches and the target of one rule in nf_tables, with a margin. dlen has 12 bits
 * (include/net/netfilter/nf_tables.h).
 */
const MOST_BYTES = 4000;
/** The most bytes that a target takes. */
const TARGET_BYTES = 230;

/** The reason why a back end cannot hold a rule that another back end can hold, or null. */
export function getUnsupported(rule: Rule, backend: Backend): string | null {
  const { matches, target } = rule;
  const bytes = matches.reduce((sum, { name }) => sum + (getMatch(name)?.nftBytes ?? 0), TARGET_BYTES);
  if (backend === 'nft' && bytes > MOST_BYTES) {
    return `the nft back end has no space for so many matches in one rule: ${matches.map(({ name }) => name).join(', ')}`;
  }
  for (const { name, options } of matches) {
    const reason = getMatch(name)?.getUnsupported?.(options, rule, backend) ?? null;
    if (reason !== null) {
      return reason;
    }
  }
  return getTarget(target?.name ?? '')?.getUnsupported?.(target?.options ?? [], rule, backend) ?? null;
}
