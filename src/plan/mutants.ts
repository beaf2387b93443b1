import type { RuleChange } from '../model/insight/mutation.js';
import type { Backend } from '../model/result.js';
import type { ProbePlan } from '../model/plan.js';
import type { Family, Rule } from '../model/rule.js';
import type { RuleSet, Scenario } from '../model/scenario.js';
import { listMutants } from '../rules/mutants/entry.js';
import { getRetransmissionTraits } from '../rules/stability/rule-traits.js';
import { findChangingSets } from './ipsets.js';
import { makePlan } from './plan.js';
import { findMemories, type Memories } from './remembered.js';

/** A rule or a policy that has mutants, and where packets meet it. */
export interface MutatedPlace {
  /** Among the rules of its rule set; null for a policy of a rule set file. */
  index: number | null;
  text: string;
  /** null: a rule of the scenario itself. */
  file: string | null;
  line: number | null;
  table: string;
  chain: string;
  /** The families of the packets that meet it. */
  families: Family[];
  isPolicy: boolean;
  /** Whether the rules of its chain stand in the order of their numbers: -I puts a later one before others. */
  isInOrder: boolean;
}

/** A rule of a scenario that is changed in one place. It keeps its number. */
export interface RuleMutant {
  /** The place of its phase. */
  phase: number;
  place: MutatedPlace;
  change: RuleChange;
  /** The rule set with the changed rule. It may have been read again. */
  apply: (ruleSet: RuleSet) => RuleSet;
}

/** The mutants of all rules for iptables. */
export function listRuleMutants({ phases }: Scenario): RuleMutant[] {
  return phases.flatMap(({ ruleSet }, phase) =>
    (ruleSet?.rules ?? []).flatMap((rule, at) => {
      const { index, text, file, line, scenarioLine, entries } = rule;
      return entries.flatMap((entry, of) => {
        const { table, chain, family, kind } = entry;
        const place: MutatedPlace = {
          ...{ index, text, file, line: line ?? scenarioLine ?? null, table, chain },
          ...{ families: [family], isPolicy: kind === 'policy', isInOrder: kind === 'append' },
        };
        return listMutants(entry).map(({ entry: changed, ...change }): RuleMutant => {
          const apply = ({ rules, ...rest }: RuleSet): RuleSet => ({
            ...rest,
            rules: rules.map((own, its) => (its === at ? { ...own, text: change.text, entries: own.entries.with(of, changed) } : own)),
          });
          return { phase, place, change, apply };
        });
      });
    }),
  );
}

/** What the rules may remember of each probe, by its index, as far as it can change what becomes of a later one. */
export function listMemories(scenario: Scenario, usual: Backend): Memories[] {
  const { phases } = makePlan(scenario, usual, 'proof');
  const memories: Memories[] = [];
  const device = scenario.world.interfaces.length > 0 ? null : 'lo';
  // A phase without rules of its own keeps those of the phase before.
  let find: (probe: ProbePlan) => Memories = () => [];
  for (const [place, { ruleSet, flows }] of phases.entries()) {
    const phase = scenario.phases[place];
    if (ruleSet !== null && phase !== undefined) {
      find = findMemories(ruleSet, findChangingSets(scenario, phase).written, true, device);
    }
    flows.flatMap(({ probes }) => probes).forEach((probe) => (memories[probe.index] = find(probe)));
  }
  return memories;
}

/** What either of two rule sets may remember of each probe. */
export function joinMemories(one: Memories[], other: Memories[]): Memories[] {
  return one.map((own, place) => {
    const further = other[place] ?? [];
    return own === 'unknown' || further === 'unknown' ? 'unknown' : [...new Set([...own, ...further])];
  });
}

/** Whether a rule decides by what it remembers, or writes into a set. */
export function hasMemory({ phases }: Scenario): boolean {
  const isRemembering = (rule: Rule) => {
    const { stabilities, memories } = getRetransmissionTraits(rule);
    return stabilities.includes('memory') || memories.length > 0;
  };
  const rules = phases.flatMap(({ ruleSet }) => ruleSet?.rules ?? []).flatMap(({ entries }) => entries);
  return rules.some((entry) => 'rules' in entry && entry.rules.some(isRemembering));
}
