import type { ScenarioRule } from '../model/scenario.js';

/** The interfaces that rules name by -i or -o, with a "+" at the end, each with the first rule that names it. */
export function collectInterfaces(rules: ScenarioRule[]): Map<string, ScenarioRule> {
  const first = new Map<string, ScenarioRule>();
  for (const rule of rules) {
    for (const { inInterface, outInterface } of rule.entries.flatMap((entry) => ('rules' in entry ? entry.rules : []))) {
      for (const name of [inInterface?.value, outInterface?.value]) {
        if (name !== undefined && !first.has(name)) {
          first.set(name, rule);
        }
      }
    }
  }
  return first;
}

/** Whether -i or -o with this name can match one of the interfaces. */
export function isNamed(name: string, interfaces: string[]): boolean {
  return interfaces.some((own) => (name.endsWith('+') ? own.startsWith(name.slice(0, -1)) : own === name));
}
