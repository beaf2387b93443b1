import type { RuleResult } from '../model/result.js';

/** How people tell an entry from others: `rule 0 no-web`. Not yet harmless: names come from files. */
export function nameRule({ index, name }: Pick<RuleResult, 'index' | 'name'>): string {
  return `rule ${index}${name === null ? '' : ` ${name}`}`;
}
