import type { Backend } from '../model/result.js';
import type { Entry } from '../model/rule.js';
import type { Scenario, ScenarioRule } from '../model/scenario.js';
import { type EntryMutant, listMutants } from '../rules/mutants/entry.js';
import { findChangingSets } from './ipsets.js';
import { makePlan } from './plan.js';
import { findMemories, type Memories } from './remembered.js';

/** A rule of a scenario that is changed in one place. It keeps its index. */
export interface RuleMutant {
  /** The place of its phase. */
  phase: number;
  original: ScenarioRule;
  changed: ScenarioRule;
  /** The entry of the original that is changed. */
  entry: Entry;
  change: EntryMutant;
}

/** The mutants of all rules for iptables. */
export function listRuleMutants({ phases }: Scenario): RuleMutant[] {
  return phases.flatMap(({ ruleSet }, phase) =>
    (ruleSet?.rules ?? []).flatMap((original) =>
      original.entries.flatMap((entry, place) =>
        listMutants(entry).map((change): RuleMutant => {
          const changed = { ...original, text: change.text, entries: original.entries.with(place, change.entry) };
          return { phase, original, changed, entry, change };
        }),
      ),
    ),
  );
}

/** What the rules may remember of each probe, by its index, as far as it can change what becomes of a later one. */
export function listMemories(scenario: Scenario, usual: Backend): Memories[] {
  const { phases } = makePlan(scenario, usual, 'proof');
  const memories: Memories[] = [];
  for (const [place, { ruleSet, flows }] of phases.entries()) {
    const phase = scenario.phases[place];
    const find = ruleSet === null || phase === undefined ? null : findMemories(ruleSet, findChangingSets(scenario, phase).written, true);
    flows.flatMap(({ probes }) => probes).forEach((probe) => (memories[probe.index] = find?.(probe) ?? []));
  }
  return memories;
}
