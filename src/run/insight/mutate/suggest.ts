import { type AddedProbe, addProbe } from '../../../input/drafts/added-probe.js';
import type { ScenarioSource } from '../../../input/load-scenarios.js';
import { listProbes } from '../../../input/scenario/probes/list.js';
import { parseScenarios } from '../../../input/scenario/parse.js';
import type { MutationSuggestion } from '../../../model/mutation.js';
import type { Backend, ProbeResult, ScenarioResult, Unreached } from '../../../model/result.js';
import type { Scenario, ScenarioRule } from '../../../model/scenario.js';
import { TellingSearch } from '../../../predict/coverage/telling.js';
import { toNetwork } from '../../../predict/network.js';
import { readRules } from '../../../predict/scenario.js';
import { toExpectationWord } from '../../../words/expectation-word.js';
import { keep, replaceRule } from './cut.js';
import type { PlannedMutant } from './mutants.js';

/** How long an added probe waits whose silence no evidence proves: an answer takes a millisecond. */
const TIMEOUT_MS = 300;

/** A probe that may tell a scenario from a mutant of it, in a world with each of the two rule sets. */
export interface Candidate {
  added: AddedProbe;
  before: Scenario;
  after: Scenario;
}

/** Finds the probes that a scenario lacks. */
export class SuggestionSearch {
  readonly #source: ScenarioSource;
  readonly #usual: Backend;
  readonly #searches = new Map<number, TellingSearch>();

  constructor(source: ScenarioSource, usual: Backend) {
    this.#source = source;
    this.#usual = usual;
  }

  /**
   * A probe that the evaluator expects to notice the mutant; null if it finds none.
   * @param tried probes that the kernel has shown not to notice it
   */
  find({ phase, original, changed, rule }: PlannedMutant, tried: AddedProbe[]): Candidate | null {
    const { scenario, value, file, rulesets } = this.#source;
    const before = scenario.phases[phase]?.ruleSet?.rules ?? [];
    // A policy of a rule set file has no number.
    const entry = original.index ?? Math.max(-1, ...before.map(({ index }) => index ?? -1)) + 1;
    const read = (by: ScenarioRule) =>
      readRules(
        before.map((own) => (own === original ? { ...by, index: entry } : own)),
        this.#usual,
      );
    const search =
      (original.index === null ? undefined : this.#searches.get(phase)) ??
      new TellingSearch(read(original), toNetwork(scenario), { servers: scenario.servers, probes: listProbes(scenario) });
    if (original.index !== null) {
      this.#searches.set(phase, search);
    }
    const toAdded = ({ probe, adds }: Unreached): AddedProbe[] => (probe === null ? [] : [{ phase: rule.phase, probe, adds }]);
    const keys = new Set(tried.map(toKey));
    const found = search.find(entry, read(changed), (suggestion) => toAdded(suggestion).every((own) => keys.has(toKey(own))));
    const [added] = found === null ? [] : toAdded(found.suggestion);
    if (added === undefined) {
      return null;
    }
    const text = JSON.stringify(addProbe(value, { ...added, probe: { ...added.probe, timeoutMs: TIMEOUT_MS } }));
    const [whole] = parseScenarios(text, file, { rulesets }).scenarios;
    const last = whole?.phases[phase]?.batches.flat().findLast(({ matrix }) => matrix === null);
    if (whole === undefined || last === undefined) {
      return null;
    }
    const { scenario: only } = keep(whole, ({ index }) => index === last.index);
    const own = only.phases[phase]?.ruleSet?.rules[before.indexOf(original)];
    return own === undefined ? null : { added, before: forget(only), after: forget(replaceRule(only, phase, own, { ...changed })) };
  }
}

/** What a probe that tells the two apart saw in both worlds; null if it does not, as the kernel shows. */
export function confirm({ added }: Candidate, before: ScenarioResult, after: ScenarioResult): MutationSuggestion | null {
  const [today, mutated] = [before, after].map((result) => readSure(result));
  if (!today || !mutated) {
    return null;
  }
  const words = [toExpectationWord(today), today.outcome];
  const word = words.find((own) => own !== toExpectationWord(mutated) && own !== mutated.outcome);
  return word === undefined
    ? null
    : { probe: { ...added.probe, expect: word }, adds: added.adds, today: toExpectationWord(today), mutated: toExpectationWord(mutated) };
}

/** The only probe of a scenario without expectation, where the evidence is sure. */
function readSure({
  error,
  probes: [probe],
}: ScenarioResult): (Pick<ProbeResult, 'cause'> & { outcome: NonNullable<ProbeResult['observed']>['outcome'] }) | null {
  return error !== null || probe?.observed == null || probe.cause === 'unexplained' || probe.status !== 'passed'
    ? null
    : { outcome: probe.observed.outcome, cause: probe.cause };
}

function toKey({ phase, probe, adds }: AddedProbe): string {
  const { expect: _, ...rest } = probe;
  return JSON.stringify([phase, rest, adds]);
}

/** The scenario without expectations: what is seen is compared later. */
function forget(scenario: Scenario): Scenario {
  return {
    ...scenario,
    phases: scenario.phases.map((phase) => ({
      ...phase,
      batches: phase.batches.map((batch) => batch.map((probe) => ({ ...probe, expect: {} }))),
    })),
    counters: [],
  };
}
