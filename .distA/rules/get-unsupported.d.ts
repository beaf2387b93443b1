import type { Backend } from '../model/result.js';
import type { Rule } from '../model/rule.js';
/** Why a back end cannot hold a rule that another one can, or null. */
export declare function getUnsupported(rule: Rule, backend: Backend): string | null;
