import type { Packet, RuleResult, Step } from '../../model/result.js';
import { nameRule } from '../../words/rule-name.js';
import type { Paint } from './paint.js';

export interface Repeated extends Packet {
  /** How often the packet is in the journey. */
  times: number;
}

/**
 * The packets of a journey with the rules and policies that they met, hook by hook, in columns. A retransmission that met the same rules is
 * not repeated. Policies of chains without a rule are left out.
 *
 * @param rules the rule set that applied
 */
export function showJourney(journey: Packet[], rules: RuleResult[], indent: string, paint: Paint): string[] {
  const chains = new Set(rules.map(getPlace));
  const packets = gatherRepeats(journey).map((packet) => ({ ...packet, steps: packet.steps.filter((step) => !isEmpty(step, chains)) }));
  const steps = packets.flatMap((packet) => packet.steps);
  const hookWidth = Math.max(0, ...steps.map(({ hook }) => hook.length));
  const placeWidth = Math.max(0, ...steps.map((step) => getPlace(step).length));
  return packets.flatMap(({ packet, conntrack, steps: met, times }) => [
    `${indent}${packet}${conntrack === null ? '' : ` (ct state ${conntrack})`}${times === 1 ? '' : ` (${times} times)`}`,
    ...met.map((step) =>
      `${indent}  ${step.hook.padEnd(hookWidth)}  ${getPlace(step).padEnd(placeWidth)}  ${showVerdict(step, paint)}  ${paint.dim(getText(step, rules))}`.trimEnd(),
    ),
  ]);
}

function getPlace({ table, chain }: Pick<Step, 'table' | 'chain'>): string {
  return `${table} ${chain}`;
}

/** Whether a step is the policy of a chain that has no rule: such a chain is there because of loopfw, or for other hooks. */
function isEmpty(step: Step, chains: Set<string>): boolean {
  return step.own === true || (step.rule === null && step.verdict === 'accept' && !chains.has(getPlace(step)));
}

function showVerdict({ verdict }: Step, paint: Paint): string {
  const padded = verdict.padEnd(8);
  return verdict === 'drop' || verdict === 'reject' ? paint.fail(padded) : padded;
}

function getText({ rule: index, verdict, fault, text }: Step, rules: RuleResult[]): string {
  if (fault !== undefined) {
    return `fault ${fault}`;
  }
  if (text !== undefined) {
    return text;
  }
  if (index === null) {
    return verdict === 'return' ? 'end of chain' : 'policy';
  }
  const rule = findRule(rules, index);
  return `${nameRuleAt(index, rule)}: ${rule?.text ?? ''}`;
}

/** The rule with an index. It is usually at that place, and a rule set can have thousands. */
export function findRule(rules: RuleResult[], index: number | null): RuleResult | undefined {
  return index === null || rules[index]?.index === index ? rules[index ?? -1] : rules.find((rule) => rule.index === index);
}

/** The name of the rule with an index, also where the rule itself is not known. */
export function nameRuleAt(index: number, rule: RuleResult | undefined): string {
  return nameRule(rule ?? { index, name: null, file: null, line: null });
}

/** Merges retransmissions that met the same rules into their first packet. */
export function gatherRepeats(journey: Packet[]): Repeated[] {
  const found = new Map<string, Repeated>();
  for (const packet of journey) {
    const key = JSON.stringify([packet.packet, packet.steps]);
    const first = found.get(key);
    if (first === undefined) {
      found.set(key, { ...packet, times: 1 });
    } else {
      first.times += 1;
    }
  }
  return [...found.values()];
}
