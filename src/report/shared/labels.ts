import type { CounterResult, ProbeResult, RuleResult, ScenarioResult } from '../../model/result.js';
import { countNoun } from '../../words/phrases.js';

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

/** The name of a scenario, with the back end if it is not nft. The name comes from a file: make it harmless before printing. */
export function nameScenario({ name, backend }: ScenarioResult): string {
  return backend === 'nft' ? name : `${name} (${backend})`;
}

/** The command that explains a probe that did not pass: its cause if it failed, otherwise its status. */
export function getExplainCommand({ status, cause }: Pick<ProbeResult, 'status' | 'cause'>): string {
  return `loopfw explain ${status === 'failed' && cause !== null ? cause : status}`;
}

/** `counter of eth0: tx = 0` */
export function nameCounter({ interface: name, direction, expected }: CounterResult): string {
  return `counter of ${name}: ${direction} ${/^\d/.test(expected) ? `= ${expected}` : expected}`;
}

/** By how much the counter grew. */
export function showCounted({ observed }: CounterResult): string {
  return observed === null ? 'no such interface' : countNoun(observed, 'packet');
}
