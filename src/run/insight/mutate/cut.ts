import { listProbes } from '../../../input/scenario/probes/list.js';
import type { Memories } from '../../../plan/remembered.js';
import type { ProbeSpec, Scenario } from '../../../model/scenario.js';
import { changeProbes, type Cut, keep } from '../keep.js';

/**
 * How long a client waits at most. A rule set on this machine answers within a millisecond, and a scenario in which ten clients wait for 2.5 s
 * would take half a minute. Who waits longer in vain is asked again.
 */
const SHORT_MS = 300;

/**
 * Leaves out the probes that cannot notice a change. What the others need of them stays: an open connection, and what rules remember.
 * @param noticing the indices of the probes that may notice
 * @param memories what rules may remember of each probe, by its index
 */
export function cut(scenario: Scenario, noticing: number[], memories: Memories[]): Cut {
  const all = listProbes(scenario);
  // The counters of interfaces count the packets of all probes. What rules leave to the next ones, connections above all, comes from any.
  if (scenario.counters.length > 0 || scenario.phases.filter(({ ruleSet }) => ruleSet !== null).length > 1) {
    return { scenario, kept: all.map(({ index }) => index) };
  }
  // What a rule remembers of these is seen by later probes, which may never come to the changed rule.
  const affected = new Set(noticing);
  for (const { index } of all) {
    if ([...affected].some((own) => own < index && isShared(memories[own], memories[index]))) {
      affected.add(index);
    }
  }
  const last = Math.max(-1, ...affected);
  const shares = ({ index }: ProbeSpec) => [...affected].some((own) => index < own && isShared(memories[index], memories[own]));
  const wanted = new Set([...affected, ...all.filter((probe) => probe.index < last && shares(probe)).map(({ index }) => index)]);
  const needed = new Set(all.flatMap(({ index, use }) => (wanted.has(index) && use !== null ? [use] : [])));
  const isKept = ({ index, open, use }: ProbeSpec) =>
    wanted.has(index) || (open !== null && needed.has(open)) || (use !== null && needed.has(use));
  return keep(scenario, isKept);
}

function isShared(one: Memories = [], other: Memories = []): boolean {
  return one === 'unknown' || other === 'unknown' ? one.length > 0 && other.length > 0 : one.some((memory) => other.includes(memory));
}

/** The same without long waits. @param patient the index of the probe that keeps its time limit; null: none does */
export function shorten({ scenario, kept }: Cut, patient: number | null): Cut {
  const limit = (probe: ProbeSpec): ProbeSpec => {
    const { afterMs, withinMs = 0 } = probe.expect;
    const isWhole = afterMs !== undefined || kept[probe.index] === patient;
    return isWhole ? probe : { ...probe, timeoutMs: Math.min(probe.timeoutMs, Math.max(SHORT_MS, withinMs)) };
  };
  return { scenario: changeProbes(scenario, limit), kept };
}
