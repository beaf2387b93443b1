import type { Position } from '../../../model/diagnostic.js';
import type { Scenario, ScenarioRule } from '../../../model/scenario.js';

/** The parts of a scenario that a warning may be about. */
export type WarnedScenario = Pick<Scenario, 'ipsets' | 'phases' | 'servers' | 'world'>;

/** A rule, and the index of the phase that loads it. */
export interface PlacedRule {
  phase: number;
  rule: ScenarioRule;
}

/** A place in the scenario file, or in its rule set file. */
export type Location = Position & { file: string };

/** Finds the place of a rule. */
export type Locator = (placed: PlacedRule) => Location;

/** A warning without its code. */
export type Found = Location & { message: string };

/** Finds everything in a scenario that one code of warning is about. */
export type Finder = (scenario: WarnedScenario, locate: Locator) => Found[];

/** The first finding of each place. Several probes can meet the same rule. */
export function oncePerPlace(found: Found[]): Found[] {
  const places = new Map(found.toReversed().map((each) => [`${each.file}:${each.line}:${each.column}`, each]));
  return [...places.values()].toReversed();
}

/** The rules for iptables of each rule set, with the index of its phase. */
export function listRuleSets({ phases }: WarnedScenario): { phase: number; rules: ScenarioRule[] }[] {
  return phases.flatMap(({ ruleSet }, phase) => (ruleSet === null ? [] : [{ phase, rules: ruleSet.rules }]));
}
