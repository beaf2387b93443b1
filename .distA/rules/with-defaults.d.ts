import type { RuleOption } from '../model/rule.js';
/** Adds the options, each with its one value, that hold unless they are given. */
export declare function withDefaults(defaults: Record<string, string>): (options: RuleOption[]) => RuleOption[];
/** Leaves out an option with a value that it has anyway. */
export declare function unlessDefault(value: string): (option: RuleOption) => RuleOption | null;
