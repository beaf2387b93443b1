import type { Rule } from '../../model/rule.js';
import type { ProbeSpec, RuleSet, Scenario, ScenarioRule } from '../../model/scenario.js';
import type { ProbeResult } from '../../model/result.js';
import type { Fate } from '../../predict/conversation/fate.js';
import { makePlan } from '../../plan/plan.js';
import { listProbeMemories } from '../../plan/remembered.js';
import { toNetwork } from '../../predict/network.js';
import { predict } from '../../predict/predict.js';
import { toProbe } from '../../predict/scenario.js';
import { launchSandbox } from '../../sandbox/launch.js';
import { readForEvaluator } from './rule-sets.js';

/** Users that may run loopfw: its own as root, and that of a user namespace. */
const USERS = [60999, 0];

/** The probes of a scenario that one run does not answer for sure, by index. */
export interface Unsure {
  /** A rule remembers packets (recent, limit), and the evaluator does not say that a first packet gets the same answer. */
  afterOthers: number[];
  /** The answer depends on the user who runs loopfw (owner). */
  byUser: number[];
}

export async function findUnsure(scenario: Scenario, results: ProbeResult[], signal: AbortSignal): Promise<Unsure> {
  const [phase] = scenario.phases;
  const ruleSet = phase?.ruleSet;
  if (phase === undefined || ruleSet == null) {
    return { afterOthers: [], byUser: [] };
  }
  const probes = phase.batches.flat();
  const memories = listProbeMemories(scenario, makePlan(scenario, 'nft', 'proof'));
  const isRemembered = ({ index }: ProbeSpec) => (memories[index] ?? []).length > 0;
  const isMixed = ruleSet.rules.length > 0 && ruleSet.natives.length > 0;
  if (isMixed || (!probes.some(isRemembered) && !asksForUser(ruleSet))) {
    return { afterOthers: probes.filter(isRemembered).map(({ index }) => index), byUser: [] };
  }
  const [ruleSets, network] = [await read(ruleSet, scenario, signal), toNetwork(scenario)];
  const ask = (spec: ProbeSpec, user: number | null): Fate | null => {
    const probe = toProbe(spec, scenario.servers, { user, group: user });
    return typeof probe === 'string' ? null : predict({ ruleSets, network, probe, isFresh: true, clock: null });
  };
  const isKnown = (spec: ProbeSpec, place: number) => {
    const fate = ask(spec, null);
    const { observed, cause } = results[place] ?? { observed: null, cause: null };
    return fate?.kind === 'known' && fate.outcome === observed?.outcome && fate.cause === cause;
  };
  const isByUser = (spec: ProbeSpec) => {
    const [one, other] = USERS.map((user) => ask(spec, user));
    return one?.kind === 'known' && other?.kind === 'known' && (one.outcome !== other.outcome || one.cause !== other.cause);
  };
  const list = (isUnsure: (spec: ProbeSpec, place: number) => boolean) => probes.filter(isUnsure).map(({ index }) => index);
  return {
    afterOthers: list((spec, place) => isRemembered(spec) && !isKnown(spec, place)),
    byUser: asksForUser(ruleSet) ? list(isByUser) : [],
  };
}

async function read(ruleSet: RuleSet, scenario: Scenario, signal: AbortSignal): ReturnType<typeof readForEvaluator> {
  const sandbox = await launchSandbox({ isAlone: true, signal });
  try {
    return await readForEvaluator({ ruleSet }, scenario, sandbox.session);
  } finally {
    await sandbox.end();
  }
}

function asksForUser({ rules, natives }: RuleSet): boolean {
  return (
    natives.some(({ text }) => /\bsk[ug]id\b/.test(text)) ||
    listRules(rules).some(({ matches }) => matches.some(({ name }) => name === 'owner'))
  );
}

function listRules(rules: ScenarioRule[]): Rule[] {
  return rules.flatMap(({ entries }) => entries.flatMap((entry) => ('rules' in entry ? entry.rules : [])));
}
