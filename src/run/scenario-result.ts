import { EnvironmentError, getErrorCode, getProblem } from '../model/errors.js';
import type { CheckedEvidence, WorldObservations } from '../model/evidence.js';
import type { FlowReplies } from '../model/message.js';
import type { ProbeResult, RuleResult, ScenarioResult, Status, Warning } from '../model/result.js';
import type { ProbeSpec, RuleLanguage, RuleSet, Scenario, ScenarioRule, UnseenTable } from '../model/scenario.js';
import type { Identity } from '../plan/identities.js';
import { findOlderFlows } from '../plan/older-flows.js';
import { isForIptables, joinRules, listLoaded } from '../plan/parts.js';
import { judgeCounters } from '../verdict/counters.js';
import { listMetTables } from '../verdict/unseen.js';
import { getNftTarget } from '../words/nft-chain.js';
import { makeProbeError, makeProbeResult, type MetRules, type Offers } from './probe-result.js';
import type { Run } from './runs.js';

/** From good to bad. A scenario has the worst status of its probes and counters. */
const SEVERITY: Status[] = ['passed', 'inconclusive', 'failed', 'error'];

/** A rule has a chain, or entries. */
const NOWHERE = { table: '', chain: '' };

const UNCHECKED: CheckedEvidence = { natives: null, unseen: [], counters: new Map(), contradictions: [] };

/** A rule set and its checked evidence. It applies from its phase until another phase brings a rule set. */
interface JudgedRules {
  phase: string | null;
  ruleSet: RuleSet;
  /** All of them, the native ones too. */
  rules: ScenarioRule[];
  /** The tables that packets of the world can meet, and that no trace shows. */
  unseen: UnseenTable[];
  checked: CheckedEvidence;
}

/**
 * The results of probes that are judged before the evidence of their rule set is read. They hold if that evidence contradicts nothing.
 * With 10,000 probes the outside then judges while the inside goes on. Native rules are not known yet: their probes are judged later.
 */
export class EarlyResults {
  /** By the index of the probe, as the results are. */
  readonly #meetings: Meeting[] = [];
  readonly #results: ProbeResult[] = [];
  /** What may help the probes that have not passed. Those that are judged again replace it. */
  readonly offers: Offers = new Map();

  readonly #identities: Identity[];

  /** @param identities those of the probes, by index */
  constructor({ phases }: Scenario, identities: Identity[]) {
    this.#identities = identities;
    const olderFlows = findOlderFlows({ phases });
    let [rules, isKnown]: [MetRules, boolean] = [{ language: 'iptables', rules: [], natives: [], unseen: [], olderFlows }, true];
    for (const { name: phase, ruleSet, batches } of phases) {
      if (ruleSet !== null) {
        rules = { language: getLanguage(ruleSet), rules: ruleSet.rules, natives: [], unseen: [], olderFlows };
        isKnown = ruleSet.natives.length === 0;
      }
      for (const probe of isKnown ? batches.flat() : []) {
        this.#meetings[probe.index] = { probe, phase, rules };
      }
    }
  }

  add({ first, replies }: FlowReplies, controls: WorldObservations['controls']): void {
    for (const [place, reply] of replies.entries()) {
      const index = first + place;
      const meeting = this.#meetings[index];
      if (meeting !== undefined) {
        const { probe, phase, rules } = meeting;
        const subject = { probe, phase, identity: this.#identities[index] as Identity };
        this.#results[index] = makeProbeResult(subject, rules, controls.get(index), reply, [], this.offers);
      }
    }
  }

  get(index: number): ProbeResult | undefined {
    return this.#results[index];
  }
}

/** A probe, with its phase and the rule set that it meets. */
interface Meeting {
  probe: ProbeSpec;
  phase: string | null;
  rules: MetRules;
}

/** A run of a scenario, as far as its result says it too. */
interface NotedRun extends Pick<Run, 'backend'> {
  startedAt: string;
  durationMs: number;
  /** The identities of the probes, by index. */
  identities: Identity[];
}

/**
 * Makes the result of a scenario from what was observed.
 * @param early the results of probes that were judged as their replies came
 * @param checked the evidence of each rule set, in order
 */
export function makeScenarioResult(
  scenario: Scenario,
  run: NotedRun & Pick<Run, 'usual'>,
  { world, controls, replies, counters: counted }: WorldObservations,
  early: EarlyResults,
  checked: CheckedEvidence[],
): ScenarioResult {
  const olderFlows = findOlderFlows(scenario);
  const judged: JudgedRules[] = [];
  const probes: ProbeResult[] = [];
  for (const { name: phase, ruleSet, batches } of scenario.phases) {
    if (ruleSet !== null) {
      const own = checked[judged.length] ?? UNCHECKED;
      const unseen = listMetTables(
        ruleSet.natives.flatMap((native) => native.unseen),
        scenario.world,
      );
      judged.push({ phase, ruleSet, rules: joinRules(ruleSet.rules, own.natives?.flat() ?? null), unseen, checked: own });
    }
    const { ruleSet: met, rules = [], unseen = [], checked: evidence } = judged.at(-1) ?? {};
    const language = met === undefined ? 'iptables' : getLanguage(met);
    const doubts = evidence?.contradictions ?? [];
    for (const probe of batches.flat()) {
      const known = doubts.length === 0 ? early.get(probe.index) : undefined;
      const { index } = probe;
      const metRules = { language, rules, natives: met?.natives ?? [], unseen, olderFlows };
      const subject = { probe, phase, identity: run.identities[index] as Identity };
      probes.push(known ?? makeProbeResult(subject, metRules, controls.get(index), replies[index], doubts, early.offers));
    }
  }
  const counters = judgeCounters(scenario.counters, counted.before, counted.after);
  const warnings = [...scenario.warnings, ...listSaysLittle(scenario, probes)];
  const status = getWorst([...probes, ...counters]);
  const loaded = judged.flatMap(({ phase, ruleSet, checked: { natives, unseen } }) => {
    const own = listLoaded(ruleSet, phase, run.usual, (native) => {
      const place = ruleSet.natives.indexOf(native);
      return (natives?.[place]?.length ?? 0) + (unseen[place] ?? 0);
    });
    return own.length > 1 ? own : [];
  });
  return {
    ...describeRun(scenario, run, status),
    ...{ warnings, error: null, world, ...describePhases(scenario) },
    ...(loaded.length > 0 ? { loaded } : {}),
    ...{ rules: judged.flatMap(describeRules), probes, counters },
  };
}

/** The warnings about probes that connected as expected, one for each rule. */
function listSaysLittle({ saysLittle }: Scenario, probes: ProbeResult[]): Warning[] {
  const held = saysLittle.filter(({ probe }) => probes[probe]?.status === 'passed' && probes[probe].observed?.outcome === 'connected');
  const ofRules = new Map(held.toReversed().map(({ rule, warning }) => [rule, warning]));
  return [...ofRules.values()].toReversed();
}

/** The result of a scenario that loopfw could not complete: none of its probes has a verdict. */
export function makeErrorResult(scenario: Scenario, run: NotedRun, error: unknown): ScenarioResult {
  const remedies = error instanceof EnvironmentError ? error.remedies : [];
  const message = [getProblem(error), ...remedies.map((remedy) => `remedy: ${remedy}`)].join('; ');
  return {
    ...describeRun(scenario, run, 'error'),
    warnings: scenario.warnings,
    error: { code: getErrorCode(error), message },
    world: null,
    ...describePhases(scenario),
    rules: scenario.phases.flatMap(({ name: phase, ruleSet }) =>
      ruleSet === null ? [] : describeRules({ phase, rules: ruleSet.rules, checked: UNCHECKED }),
    ),
    probes: scenario.phases.flatMap(({ name: phase, batches }) =>
      batches.flat().map((probe) => makeProbeError({ probe, phase, identity: run.identities[probe.index] as Identity }, message)),
    ),
    counters: [],
  };
}

function describeRun(
  { name, description, tags, file, line }: Scenario,
  { backend, startedAt, durationMs }: NotedRun,
  status: Status,
): Pick<ScenarioResult, 'name' | 'description' | 'tags' | 'file' | 'line' | 'backend' | 'status' | 'startedAt' | 'durationMs'> {
  return { name, description, tags, file, line, backend, status, startedAt, durationMs };
}

function describePhases({ phases }: Scenario): Pick<ScenarioResult, 'phases' | 'ruleSets'> {
  return {
    phases: phases.map(({ name, ruleSet }) => ({ name, hasRules: ruleSet !== null })),
    ruleSets: phases.flatMap(({ ruleSet }) => ruleSet?.files ?? []),
  };
}

/** The language of a rule set. Where it has rules of both, a rule that decides has its own. */
function getLanguage(ruleSet: RuleSet): RuleLanguage {
  return isForIptables(ruleSet) ? 'iptables' : 'nft';
}

/** The rules of a rule set, with their counters. */
export function describeRules({ phase, rules, checked }: Pick<JudgedRules, 'phase' | 'rules' | 'checked'>): RuleResult[] {
  return rules.flatMap((rule) => {
    const { index, name, text, file, line, scenarioLine } = rule;
    if (index === null) {
      return [];
    }
    const { table, chain } = rule.place ?? rule.entries[0] ?? NOWHERE;
    const counter = checked.counters.get(index);
    const [packets, bytes] = [counter?.packets ?? null, counter?.bytes ?? null];
    const own = scenarioLine === undefined ? {} : { scenarioLine };
    return [{ index, name, text, table, chain, target: getTarget(rule), phase, file, line, packets, bytes, ...own }];
  });
}

function getTarget({ entries: [entry], text }: ScenarioRule): string | null {
  if (entry === undefined) {
    return getNftTarget(text);
  }
  return 'rules' in entry ? (entry.rules[0]?.target?.name ?? null) : entry.kind === 'policy' ? entry.policy : null;
}

function getWorst(judged: { status: Status }[]): Status {
  return SEVERITY[Math.max(0, ...judged.map(({ status }) => SEVERITY.indexOf(status)))] ?? 'error';
}
