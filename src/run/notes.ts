import type { CheckedEvidence, ProbeReply, WorldObservations } from '../model/evidence.js';
import type { Backend, ScenarioResult } from '../model/result.js';
import type { ProbeSpec, RuleSet } from '../model/scenario.js';
import { findOlderFlow, findOlderFlows } from '../plan/older-flows.js';
import { type NotedRules, readNetwork, readNotedRules } from '../verdict/notes/inquiry.js';
import { makeNotes } from '../verdict/notes/notes.js';
import { isNoted } from './probe-result.js';
import type { Run } from './runs.js';

/**
 * Adds notes to the results of a scenario's probes. They change no status. There are none where the evidence is in doubt, for native rules,
 * where both back ends hold rules, and for very many rules.
 * @param areAllAsked whether probes that ended as expected get notes, too
 */
export function addNotes(
  { scenario, usual }: Pick<Run, 'scenario' | 'usual'>,
  result: ScenarioResult,
  { replies }: Pick<WorldObservations, 'replies'>,
  checked: CheckedEvidence[],
  areAllAsked: boolean,
): ScenarioResult {
  const network = readNetwork(scenario);
  const olderFlows = findOlderFlows(scenario);
  const ports = new Set<string>();
  const left = [...result.probes];
  let ruleSets = 0;
  let getRules: (() => NotedRules) | null = null;
  const probes = scenario.phases.flatMap(({ ruleSet, batches }) => {
    if (ruleSet !== null) {
      getRules = isReadable(ruleSet, result, checked[ruleSets++]) ? readOnce(ruleSet, usual) : null;
    }
    const own = getRules;
    return batches.flat().flatMap((probe) => {
      const judged = left.shift();
      const isFlowUsed = isAgain(probe, ports);
      if (judged === undefined || own === null || isDoubted(replies[probe.index]) || !isNoted(judged, areAllAsked)) {
        return judged ?? [];
      }
      const rules = own();
      const olderFlow = olderFlows.has(probe.index) ? findOlderFlow(probe, [...rules.byIndex.values()], judged.journey) : null;
      return { ...judged, ...makeNotes({ probe, result: judged, rules, network, servers: scenario.servers, olderFlow, isFlowUsed }) };
    });
  });
  return { ...result, probes };
}

/** In a larger rule set each note would take too long. */
const MOST_RULES = 5000;

function isReadable({ rules, natives }: RuleSet, { backend }: ScenarioResult, checked: CheckedEvidence | undefined): boolean {
  return natives.length === 0 && rules.length <= MOST_RULES && backend !== 'nft+legacy' && checked?.contradictions.length === 0;
}

/** Rules are read when the first probe needs them. */
function readOnce({ rules }: RuleSet, usual: Backend): () => NotedRules {
  let read: NotedRules | null = null;
  return () => (read ??= readNotedRules(rules, usual));
}

function isDoubted(reply: ProbeReply | undefined): boolean {
  return reply === undefined || 'problem' in reply || reply.report.traceLost !== null;
}

/** Whether an earlier probe had the same client and port, or opened the connection: its flow may be known. */
function isAgain({ from, clientPort, use }: ProbeSpec, ports: Set<string>): boolean {
  const key = `${from} ${clientPort}`;
  const isKnown = use !== null || (clientPort !== null && ports.has(key));
  ports.add(key);
  return isKnown;
}
