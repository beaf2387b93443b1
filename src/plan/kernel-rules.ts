import type { MixedRuleSet, NftRuleSet, PlannedLine, RulePart } from '../model/plan.js';
import type { Backend, RunBackend } from '../model/result.js';
import type { Family } from '../model/rule.js';
import type { NativeRules, NftText, RuleSet, ScenarioRule, WorldSpec } from '../model/scenario.js';
import { listNftRuleStatements } from '../rules/nft/statements.js';
import { TRACE_TABLE } from '../words/nft-chain.js';
import type { ChangingSets } from './ipsets.js';
import { listLoads, type RuleGroup, splitRuleSet } from './parts.js';
import { printPart, type RuleSetPlanner } from './rule-sets.js';
import { printTraceTable } from './trace-table.js';

/**
 * Plans a native rule set, with loopfw's own table for the trace.
 * @param isObserved whether routing may end packets of the world
 * @param marks whether loopfw's own table marks packets
 */
export function makeNftRuleSet(native: NativeRules, world: WorldSpec, isObserved: boolean, marks: boolean): NftRuleSet {
  return {
    ...{ kind: 'nft', backend: 'nft', ...describeNative(native) },
    judgesArp: judgesArp(native),
    trace: makeTrace(world, isObserved, marks),
    isObserved,
  };
}

function describeNative({ file, text, sources, openEnds }: NativeRules): NftText & Pick<NftRuleSet, 'hasRules'> {
  return { file, text, sources, openEnds, hasRules: listNftRuleStatements(text).length > 0 };
}

function judgesArp({ unseen }: NativeRules): boolean {
  return unseen.some(({ family }) => family === 'arp');
}

function makeTrace({ interfaces }: WorldSpec, isObserved: boolean, marks: boolean): NftRuleSet['trace'] {
  return { table: TRACE_TABLE, text: printTraceTable(interfaces.length > 0, isObserved, marks) };
}

/** What all rule sets of a scenario with several kinds of rules share. */
interface MixedPlan {
  planners: Record<Backend, RuleSetPlanner>;
  /** The back end of the rules that name none. */
  usual: Backend;
  backend: RunBackend;
  /** Whether routing may end packets of the world. */
  isObserved: boolean;
  /** Whether loopfw's own table marks packets. */
  marks: boolean;
}

/**
 * Plans a rule set of several kinds. The input empties nf_tables first, so that nothing of an earlier rule set is left there.
 * @param changing the ipsets that change while the rule set is loaded
 */
export function makeMixedRuleSet(
  ruleSet: RuleSet,
  world: WorldSpec,
  { planners, usual, backend, isObserved, marks }: MixedPlan,
  changing: ChangingSets,
): MixedRuleSet<PlannedLine> {
  const groups = splitRuleSet(ruleSet, usual);
  planners.nft.forget();
  const empty = planners.legacy.printEmpty();
  const others = { assignHelper: mayAssignHelper(ruleSet) };
  const loads = listLoads(groups);
  const begun = { nft: new Set<Family>(), legacy: new Set<Family>() };
  const own = (held: Backend) => groups.flatMap((group) => (group.kind === 'iptables' && group.backend === held ? group.rules : []));
  return {
    kind: 'mixed',
    backend,
    parts: [
      ...(empty.length === 0 ? [] : [{ kind: 'iptables' as const, backend: 'legacy' as const, count: 0, restores: empty }]),
      ...groups.map((group, place): RulePart =>
        group.kind === 'nft' ? { kind: 'nft', ...describeNative(group.native) } : toPart(group, loads[place] ?? [], begun[group.backend]),
      ),
    ],
    tables: (['nft', 'legacy'] as const)
      .map((held) => ({ backend: held, families: planners[held].planMixed(own(held), { changing, others }) }))
      .filter(({ families }) => families.length > 0),
    trace: makeTrace(world, isObserved, marks),
    judgesArp: ruleSet.natives.some(judgesArp),
    isObserved,
    others,
  };
}

/** Whether a rule may give a flow a conntrack helper. */
function mayAssignHelper({ rules, natives }: RuleSet): boolean {
  const words = /\bhelper\b/;
  return rules.some(({ text }) => words.test(text)) || natives.some(({ text }) => words.test(text));
}

/** @param loaded the rules that are loaded with the group; they may be those of later groups too */
function toPart({ backend, rules }: Extract<RuleGroup, { kind: 'iptables' }>, loaded: ScenarioRule[], begun: Set<Family>): RulePart {
  const count = rules.filter(({ index }) => index !== null).length;
  return { kind: 'iptables', backend, count, restores: loaded.length === 0 ? [] : printPart(loaded, begun) };
}
