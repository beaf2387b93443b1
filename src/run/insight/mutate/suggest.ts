import { type AddedProbe, addProbe } from '../../../input/drafts/added-probe.js';
import type { ScenarioSource } from '../../../input/load-scenarios.js';
import { listProbes } from '../../../input/scenario/probes/list.js';
import { parseScenarios } from '../../../input/scenario/parse.js';
import type { MutationSuggestion } from '../../../model/insight/mutation.js';
import type { Backend, Cause, Outcome, ScenarioResult, Unreached } from '../../../model/result.js';
import type { Entry, Family } from '../../../model/rule.js';
import type { RuleSet, Scenario, ScenarioRule } from '../../../model/scenario.js';
import type { MutatedPlace } from '../../../plan/mutants.js';
import { isForIptables } from '../../../plan/parts.js';
import { joinMemories } from '../../../plan/remembered.js';
import type { ReadRuleSet } from '../../../predict/chains/rule-set.js';
import { TellingSearch } from '../../../predict/coverage/telling.js';
import { toNetwork } from '../../../predict/network.js';
import { readRules } from '../../../predict/scenario.js';
import { launchSandbox, type Sandbox } from '../../../sandbox/launch.js';
import { toExpectationWord } from '../../../words/expectation-word.js';
import { readForEvaluator } from '../rule-sets.js';
import { keep, withoutExpectations } from '../keep.js';
import { WAIT_MS } from '../run-whole.js';
import { cut } from './cut.js';
import { listMemories, type PlannedMutant, toMutated } from './mutants.js';

/** A probe that may tell a scenario from a mutant of it, in a world with each of the two rule sets. */
export interface Candidate {
  added: AddedProbe;
  /** Its place among the probes of these worlds. */
  place: number;
  before: Scenario;
  after: Scenario;
}

type Read = Record<Family, ReadRuleSet>;

/** Finds the probes that a scenario lacks. */
export class SuggestionSearch {
  readonly #source: ScenarioSource;
  readonly #usual: Backend;
  readonly #signal: AbortSignal;
  readonly #searches = new Map<number, TellingSearch>();
  /** In its world the kernel lists native rules. */
  #sandbox: Promise<Sandbox> | null = null;

  constructor(source: ScenarioSource, usual: Backend, signal: AbortSignal) {
    this.#source = source;
    this.#usual = usual;
    this.#signal = signal;
  }

  /** Must be called after the last search. */
  async end(): Promise<void> {
    await (await this.#sandbox)?.end();
  }

  /**
   * A probe that the evaluator expects to notice the mutant; null if it finds none.
   * @param tried probes that the kernel has shown not to notice it
   */
  async find(mutant: PlannedMutant, tried: AddedProbe[]): Promise<Candidate | null> {
    const { phase, place, rule, apply } = mutant;
    const { scenario, value, file, rulesets } = this.#source;
    const ruleSet = scenario.phases[phase]?.ruleSet;
    if (!ruleSet) {
      return null;
    }
    // A policy of a rule set file has no number. A native rule set has fewer rules than characters.
    const free = isForIptables(ruleSet)
      ? Math.max(-1, ...ruleSet.rules.map(({ index }) => index ?? -1)) + 1
      : ruleSet.natives.reduce((sum, { text }) => sum + text.length, 0);
    const read = (own: RuleSet) => this.#read(own, phase, place, free);
    const key = place.index === null ? null : phase;
    const search =
      (key === null ? undefined : this.#searches.get(key)) ??
      new TellingSearch(await read(ruleSet), toNetwork(scenario), { servers: scenario.servers, probes: listProbes(scenario) });
    if (key !== null) {
      this.#searches.set(key, search);
    }
    const after = await read(apply(ruleSet));
    const toAdded = ({ probe, adds }: Unreached): AddedProbe[] => (probe === null ? [] : [{ phase: rule.phase, probe, adds }]);
    const keys = new Set(tried.map(toKey));
    const found = search.find(place.index ?? free, after, (own) => toAdded(own).every((each) => keys.has(toKey(each))));
    const [added] = found === null ? [] : toAdded(found.suggestion);
    if (added === undefined) {
      return null;
    }
    const text = JSON.stringify(addProbe(value, { ...added, probe: { ...added.probe, timeoutMs: WAIT_MS } }));
    const [whole] = parseScenarios(text, file, { rulesets }).scenarios;
    const last = whole?.phases[phase]?.batches.flat().findLast(({ matrix }) => matrix === null);
    if (whole === undefined || last === undefined) {
      return null;
    }
    const own = { ...whole, backends: [this.#usual] };
    const memories = joinMemories(listMemories(own, this.#usual), listMemories(toMutated(own, mutant), this.#usual));
    // What rules remember of earlier probes may decide. Then those run, too.
    const isAlone = (memories[last.index] ?? []).length === 0;
    const kept = isAlone ? keep(own, ({ index }) => index === last.index) : cut({ ...own, counters: [] }, [last.index], memories);
    const before = withoutExpectations(kept.scenario);
    return { added, place: kept.kept.indexOf(last.index), before, after: toMutated(before, mutant) };
  }

  /** @param free the number of the policy that is changed */
  async #read(ruleSet: RuleSet, phase: number, place: MutatedPlace, free: number): Promise<Read> {
    const isNumbered = place.isPolicy && place.index === null;
    if (isForIptables(ruleSet)) {
      const { rules } = ruleSet;
      return readRules(isNumbered ? rules.map((own) => (isPolicyOf(own, place) ? { ...own, index: free } : own)) : rules, this.#usual);
    }
    const { scenario } = this.#source;
    const phases = scenario.phases.slice(phase, phase + 1).map((own) => ({ ...own, ruleSet, batches: [] }));
    this.#sandbox ??= launchSandbox({ isAlone: true, signal: this.#signal });
    const { session } = await this.#sandbox;
    return readForEvaluator({ ruleSet }, { ...scenario, phases, servers: [] }, session, isNumbered ? { ...place, entry: free } : null);
  }
}

function isPolicyOf({ index, entries }: ScenarioRule, { table, chain, families }: MutatedPlace): boolean {
  const isSame = (entry: Entry) => entry.table === table && entry.chain === chain && families.includes(entry.family);
  return index === null && entries.some((entry) => entry.kind === 'policy' && isSame(entry));
}

/** What a probe that tells the two apart saw in both worlds; null if it does not, as the kernel shows. */
export function confirm({ added, place }: Candidate, before: ScenarioResult, after: ScenarioResult): MutationSuggestion | null {
  const [today, mutated] = [before, after].map((result) => readSure(result, place));
  if (!today || !mutated) {
    return null;
  }
  const words = [toExpectationWord(today), today.outcome];
  const word = words.find((own) => own !== toExpectationWord(mutated) && own !== mutated.outcome);
  return word === undefined
    ? null
    : {
        probe: { ...added.probe, expect: word, ...(today.isWaitedFor ? { timeoutMs: WAIT_MS } : {}) },
        adds: added.adds,
        today: toExpectationWord(today),
        mutated: toExpectationWord(mutated),
      };
}

/** What a probe of a scenario saw, where the evidence is sure. */
interface Sure {
  outcome: Outcome;
  cause: Cause | null;
  /** Whether its client waits to the end of its time. */
  isWaitedFor: boolean;
}

function readSure({ error, probes }: ScenarioResult, place: number): Sure | null {
  const probe = probes[place];
  if (error !== null || probe?.observed == null || probe.cause === 'unexplained' || probe.status !== 'passed') {
    return null;
  }
  const { cause, decided, observed } = probe;
  return { outcome: observed.outcome, cause, isWaitedFor: observed.outcome === 'timeout' && decided !== 'proved' };
}

function toKey({ phase, probe, adds }: AddedProbe): string {
  const { expect: _, ...rest } = probe;
  return JSON.stringify([phase, rest, adds]);
}
