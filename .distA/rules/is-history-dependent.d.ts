import type { Rule } from '../model/rule.js';
/** Whether what the rule does to a packet depends on time, rate, history or chance; then a drop cannot be proved early. */
export declare function isHistoryDependent({ matches, target }: Rule): boolean;
