import type { RuleOption } from '../model/rule.js';

/**
 * Makes a function that adds each default option that was not given.
 *
 * @param defaults the one value of each option, by flag
 */
export function withDefaults(defaults: Record<string, string>): (options: RuleOption[]) => RuleOption[] {
  const all = Object.entries(defaults).map(([flag, value]) => ({ flag, negated: false, values: [value] }));
  return (options) => [...options, ...all.filter(({ flag }) => options.every((option) => option.flag !== flag))];
}

/** Makes a function that drops an option with its default value. */
export function unlessDefault(value: string): (option: RuleOption) => RuleOption | null {
  return (option) => (option.values[0] === value && !option.negated ? null : option);
}
