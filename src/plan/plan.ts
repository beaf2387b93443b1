import type { Patience, PhasePlan, Plan, PlannedRuleSet, ProbePlan } from '../model/plan.js';
import type { Backend } from '../model/result.js';
import type { Entry, Family } from '../model/rule.js';
import type { ProbeSpec, RuleSet, Scenario } from '../model/scenario.js';
import { type OwnRule, TRACE_RULES_WITH_NAT, TRACING_ON_INTERFACES, TRACE_RULES_ON_LO, withoutTrace } from '../rules/chains/own-rules.js';
import { printIpsets } from '../rules/ipsets/print.js';
import { getFamily } from '../words/addresses.js';
import { type ChangingSets, findChangingSets } from './ipsets.js';
import { canBeDirect, findSharedPorts, makeFlows, makeProbePlan } from './probes.js';
import { findMemories, type Memories } from './remembered.js';
import { makeMixedRuleSet, makeNftRuleSet } from './kernel-rules.js';
import { getRunBackend, isMixed } from './parts.js';
import { RuleSetPlanner } from './rule-sets.js';

/** The chains of table nat after which a packet meets no chain of another table. */
const REWRITING_LATE = ['POSTROUTING', 'INPUT'];

const FAMILIES: Family[] = ['ipv4', 'ipv6'];

/**
 * Converts a scenario to a plan for the sandbox: the world, the servers, and the phases. A phase has the text for the restore commands, and
 * the probes.
 *
 * @param usual the back end of the rules that name none
 * @param isHosting whether a program will run in the world: it may use any address, and further probes will come. Its packets are not traced
 *   all the time
 */
export function makePlan(scenario: Scenario, usual: Backend, patience: Patience, isHosting = false): Plan {
  const isWatched = isObserved(scenario);
  const families = FAMILIES.filter((family) => isHosting || isUsed(scenario, family));
  const planRuleSet = makeRuleSetPlan(scenario, usual, { families, isWatched, marks: !isHosting });
  const sharedPorts = findSharedPorts(scenario);
  const phases: PhasePlan[] = [];
  let getMemories: (probe: ProbePlan) => Memories = () => [];
  let mayProve = true;
  for (const phase of scenario.phases) {
    const changing = findChangingSets(scenario, phase);
    const ruleSet = phase.ruleSet === null ? null : planRuleSet(phase.ruleSet, changing);
    if (ruleSet !== null) {
      getMemories = findMemories(ruleSet, changing.written);
      mayProve = patience === 'proof' && !phase.ruleSet?.natives.some(({ unseen }) => unseen.some(({ changes }) => changes));
    }
    const provable = mayProve;
    const toPlan = (probe: ProbeSpec) => makeProbePlan(scenario, probe, provable, sharedPorts);
    const planned = phase.batches.map((batch) => batch.map(toPlan));
    phases.push({ ruleSet, conntrack: phase.conntrack, flows: makeFlows(planned, scenario, getMemories) });
  }
  const probes = phases.flatMap(({ flows }) => flows).flatMap((flow) => flow.probes);
  return {
    world: scenario.world,
    servers: scenario.servers,
    isDirect: !isHosting && canBeDirect(scenario, probes),
    ipsets: printIpsets(scenario.ipsets),
    phases,
  };
}

/** The number of addresses from which the packets of probes and answers come, before any NAT. */
function countAddresses({ world, phases }: Scenario): number {
  const probes = phases.flatMap(({ batches }) => batches.flat());
  const ends = new Set(probes.flatMap(({ from, to }) => [from, to.address]));
  return ends.size + world.interfaces.flatMap(({ addresses }) => addresses).length;
}

/** loopfw's own rules for the trace. Each chain costs trace messages, so additional chains are made only if they are needed. */
function getOwnRules({ world, phases }: Scenario, backend: Backend): OwnRule[] {
  if (world.interfaces.length > 0) {
    return TRACING_ON_INTERFACES;
  }
  const entries = phases.flatMap(({ ruleSet }) => ruleSet?.rules ?? []).flatMap((rule) => rule.entries);
  const isRewritten = entries.some(
    ({ kind, table, chain }) => table === 'nat' && REWRITING_LATE.includes(chain) && (kind === 'append' || kind === 'insert'),
  );
  return isRewritten && backend === 'nft' ? TRACE_RULES_WITH_NAT : TRACE_RULES_ON_LO;
}

/** What makes the kernel look for a route in a native rule set: NAT, or a mark that a routing rule may ask for. */
const REROUTES = /\b(?:[sd]nat|masquerade|redirect|mark set)\b/;

/** The targets of mangle that mark packets for routing rules, or change their addresses. */
const REROUTING_TARGETS = ['MARK', 'CONNMARK', 'HMARK', 'TOS', 'DSCP', 'SNPT', 'DNPT'];

/**
 * Whether routing may end packets, so that the observer's chains are needed. Each costs two trace messages a packet. On lo alone, without
 * routes, routing rules, NAT and marks, every packet is delivered.
 */
function isObserved({ world, phases }: Scenario): boolean {
  const { interfaces, routes, ipRules } = world;
  const isMore = interfaces.length + routes.length + ipRules.length > 0;
  return isMore || phases.some(({ ruleSet }) => ruleSet !== null && mayReroute(ruleSet));
}

function mayReroute({ rules, natives }: RuleSet): boolean {
  return natives.some(({ text }) => REROUTES.test(text)) || rules.some(({ entries }) => entries.some(isRerouting));
}

function isRerouting(entry: Entry): boolean {
  return (
    (entry.kind === 'append' || entry.kind === 'insert') &&
    (entry.table === 'nat' ||
      (entry.table === 'mangle' && entry.rules.some(({ target }) => REROUTING_TARGETS.includes(target?.name ?? ''))))
  );
}

/** Makes the function that plans the rule sets of a scenario, in their order. */
function makeRuleSetPlan(
  scenario: Scenario,
  usual: Backend,
  { families, isWatched, marks }: { families: Family[]; isWatched: boolean; marks: boolean },
): (ruleSet: RuleSet, changing: ChangingSets) => PlannedRuleSet {
  const { world } = scenario;
  const makePlanner = (backend: Backend) => {
    const own = getOwnRules(scenario, backend);
    return new RuleSetPlanner(backend, families, marks ? own : withoutTrace(own), countAddresses(scenario), isWatched);
  };
  if (isMixed(scenario, usual)) {
    const planners = { nft: makePlanner('nft'), legacy: makePlanner('legacy') };
    const held = { planners, usual, backend: getRunBackend(scenario, usual), isObserved: isWatched, marks };
    return (ruleSet, changing) => makeMixedRuleSet(ruleSet, world, held, changing);
  }
  const planner = makePlanner(getRunBackend(scenario, usual) === 'legacy' ? 'legacy' : 'nft');
  return ({ rules, natives: [native] }, changing) => {
    if (native === undefined) {
      return planner.plan(rules, changing);
    }
    planner.forget();
    return makeNftRuleSet(native, world, isWatched, marks);
  };
}

function isUsed(scenario: Scenario, family: Family): boolean {
  return (
    scenario.phases.some(({ ruleSet }) => ruleSet !== null && hasFamily(ruleSet, family)) ||
    scenario.phases.some(({ batches }) => batches.flat().some((probe) => getFamily(probe.from) === family))
  );
}

function hasFamily(ruleSet: RuleSet, family: Family): boolean {
  return ruleSet.rules.some(({ entries }) => entries.some((entry) => entry.family === family));
}
