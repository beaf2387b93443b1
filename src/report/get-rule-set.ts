import type { RuleResult, ScenarioResult } from '../model/result.js';

type Phase = string | null;

/** The rules that applied to the probes of a phase: those of the phase, or of the last phase before it that has rules. */
export function getRuleSet({ rules, probes }: Pick<ScenarioResult, 'rules' | 'probes'>, phase: Phase): RuleResult[] {
  const bringers = [...new Set(rules.map((rule) => rule.phase))];
  const earlier = getOrder(bringers, [...new Set(probes.map((probe) => probe.phase))]);
  const bringer = earlier.slice(0, earlier.indexOf(phase) + 1).findLast((name) => bringers.includes(name));
  return rules.filter((rule) => rule.phase === bringer);
}

/**
 * All phases in their order. A phase with rules but without probes takes the earliest possible place: a probe must follow, or its rules
 * would have no use.
 */
function getOrder(bringers: Phase[], probers: Phase[]): Phase[] {
  const order = new Set<Phase>();
  for (const name of bringers) {
    for (const before of probers.slice(0, probers.indexOf(name) + 1)) {
      order.add(before);
    }
    order.add(name);
  }
  return [...new Set([...order, ...probers])];
}
