import type { RuleOption } from '../model/rule.js';
import type { Surroundings } from './extension.js';
/** Linux's own helpers of connection tracking, with their protocols; elsewhere the kernel says ENOENT (tried). */
export declare const HELPERS: Record<string, {
    protocols: string[];
    isIPv4?: true;
}>;
/** @throws RuleError where the rule's packets cannot have the helper */
export declare function assertHasHelper({ values }: RuleOption, { protocol, family }: Surroundings): void;
