import type { Packet, RuleResult, Step } from '../../model/result.js';
import { nameRule } from '../../words/rule-name.js';
import type { Paint } from './paint.js';

interface Repeated extends Packet {
  /** How often the packet is in the journey. */
  times: number;
}

/**
 * The packets of a journey with the rules and policies that they met, hook by hook, in columns. A retransmission that met the same rules is
 * not repeated.
 *
 * @param rules the rule set that applied
 */
export function showJourney(journey: Packet[], rules: RuleResult[], indent: string, paint: Paint): string[] {
  const steps = journey.flatMap((packet) => packet.steps);
  const hookWidth = Math.max(0, ...steps.map(({ hook }) => hook.length));
  const placeWidth = Math.max(0, ...steps.map((step) => getPlace(step).length));
  return gatherRepeats(journey).flatMap(({ packet, conntrack, steps: met, times }) => [
    `${indent}${packet}${conntrack === null ? '' : ` (ct state ${conntrack})`}${times === 1 ? '' : ` (${times} times)`}`,
    ...met.map((step) =>
      `${indent}  ${step.hook.padEnd(hookWidth)}  ${getPlace(step).padEnd(placeWidth)}  ${showVerdict(step, paint)}  ${paint.dim(getText(step, rules))}`.trimEnd(),
    ),
  ]);
}

function getPlace({ table, chain }: Step): string {
  return `${table} ${chain}`;
}

function showVerdict({ verdict }: Step, paint: Paint): string {
  const padded = verdict.padEnd(8);
  return verdict === 'drop' || verdict === 'reject' ? paint.fail(padded) : padded;
}

function getText({ rule, verdict }: Step, rules: RuleResult[]): string {
  if (rule === null) {
    return verdict === 'return' ? 'end of chain' : 'policy';
  }
  const { name, text, file, line } = (rules[rule]?.index === rule ? rules[rule] : rules.find(({ index }) => index === rule)) ?? {
    name: null,
    text: '',
    file: null,
    line: null,
  };
  return `${nameRule({ index: rule, name, file, line })}: ${text}`;
}

/** Merges retransmissions that met the same rules into their first packet. */
function gatherRepeats(journey: Packet[]): Repeated[] {
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
