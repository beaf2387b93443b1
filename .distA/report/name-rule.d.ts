import type { RuleResult } from '../model/result.js';
/** How people tell an entry from others: `rule 0 no-web`, with its line in a rule set file. Not yet harmless: names come from files. */
export declare function nameRule({ index, name, line }: Pick<RuleResult, 'index' | 'name' | 'line'>): string;
