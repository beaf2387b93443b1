import type { Chain, PlannedLine } from '../../model/plan.js';
import type { Family, Rule } from '../../model/rule.js';
import type { ScenarioRule } from '../../model/scenario.js';
import { getTarget } from '../extensions/target-table.js';
import { matchesAllPackets } from '../rule/traits.js';
import { layOutChains } from './layout.js';

/**
 * Finds the rule that accepts all packets that come in by lo, if more rules follow it. It is in INPUT, or in a chain to which INPUT sends
 * every packet. Most servers have it as their first rule. With it, a probe on lo shows nothing about the other rules.
 *
 * @returns null if there is no such rule
 */
export function findLoRule(rules: ScenarioRule[], family: Family): ScenarioRule | null {
  if (!rules.some(({ entries }) => entries.some((entry) => 'rules' in entry && entry.rules.some(isAllOfLo)))) {
    return null;
  }
  const chains = new Map(layOutChains(rules, family, []).flatMap((chain) => (chain.table === 'filter' ? [[chain.name, chain]] : [])));
  const found = walk('INPUT', chains, false);
  return found === null || found === 'end' ? null : (rules.find(({ index }) => index === found.entry) ?? null);
}

/**
 * Searches one chain, and the chains to which it sends every packet. 'end': no packet of lo goes further, and there is no such rule.
 *
 * @param isFollowed whether rules follow after the chain
 */
function walk(name: string, chains: Map<string, Chain<PlannedLine>>, isFollowed: boolean): PlannedLine | 'end' | null {
  const lines = chains.get(name)?.lines ?? [];
  for (const [place, line] of lines.entries()) {
    const hasMore = isFollowed || place < lines.length - 1;
    const target = line.rule.target?.name ?? '';
    if (isAllOfLo(line.rule) && target === 'ACCEPT') {
      return hasMore ? line : 'end';
    }
    if (matchesAllPackets(line.rule) && isEnd(target)) {
      return target === 'RETURN' ? null : 'end';
    }
    const inner = matchesAllPackets(line.rule) && chains.has(target) ? walk(target, chains, hasMore) : null;
    if (inner !== null || (matchesAllPackets(line.rule) && line.rule.target?.how === 'goto')) {
      return inner;
    }
  }
  return null;
}

function isAllOfLo(rule: Rule): boolean {
  const { inInterface } = rule;
  return inInterface?.value === 'lo' && !inInterface.negated && matchesAllPackets({ ...rule, inInterface: null });
}

/** Whether a target ends the path through its chain. */
function isEnd(target: string): boolean {
  return (getTarget(target)?.verdict ?? 'continue') !== 'continue';
}

/** The interfaces that rules name by -i or -o, with a "+" at the end, each with the first rule that names it. */
export function collectInterfaces(rules: ScenarioRule[]): Map<string, ScenarioRule> {
  return collectFirst(rules, ({ inInterface, outInterface }) =>
    inInterface === null && outInterface === null ? [] : [inInterface, outInterface].flatMap((part) => part?.value ?? []),
  );
}

/** The same for the bridge ports that rules name by --physdev-in or --physdev-out. */
export function collectBridgePorts(rules: ScenarioRule[]): Map<string, ScenarioRule> {
  return collectFirst(rules, ({ matches }) =>
    matches.flatMap(({ name, options }) => (name === 'physdev' ? options.flatMap(({ values }) => values) : [])),
  );
}

function collectFirst(rules: ScenarioRule[], list: (rule: Rule) => string[]): Map<string, ScenarioRule> {
  const first = new Map<string, ScenarioRule>();
  for (const rule of rules) {
    for (const name of rule.entries.flatMap((entry) => ('rules' in entry ? entry.rules.flatMap(list) : []))) {
      if (!first.has(name)) {
        first.set(name, rule);
      }
    }
  }
  return first;
}

/** Whether -i or -o with this name can match one of the interfaces. */
export function isNamed(name: string, interfaces: string[]): boolean {
  return interfaces.some((own) => (name.endsWith('+') ? own.startsWith(name.slice(0, -1)) : own === name));
}
