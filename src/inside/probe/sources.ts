import { findSource } from '../../kernel/sockets/source.js';
import type { ProbeReply } from '../../model/evidence.js';
import type { ProbePlan } from '../../model/plan.js';
import { isWildcard } from '../../words/addresses.js';

/** The addresses that the kernel has chosen for clients, by the index of the probe. */
export type ChosenSources = Map<number, string>;

/**
 * Gives the clients without an address the one that the kernel chooses for them. Their packets can then be found in the trace. A client for
 * which it finds none keeps the unspecified address: its own connect(2) says why. The routes of a world do not change, so the choice holds
 * for all phases.
 * @param run runs work in the world: a client outside always has an address
 */
export async function chooseSources(
  probes: ProbePlan[],
  run: (work: () => string | null) => Promise<string | null>,
): Promise<{ probes: ProbePlan[]; sources: ChosenSources }> {
  const sources: ChosenSources = new Map();
  for (const { index, from, family, to } of probes) {
    const source = isWildcard(from) ? await run(() => findSource(family, to.address)) : null;
    if (source !== null) {
      sources.set(index, source);
    }
  }
  return {
    probes: sources.size === 0 ? probes : probes.map((probe) => ({ ...probe, from: sources.get(probe.index) ?? probe.from })),
    sources,
  };
}

/** Adds the client's address to the report, if the kernel has chosen it. */
export function addSource(reply: ProbeReply, source: string | undefined): ProbeReply {
  return source === undefined || 'problem' in reply ? reply : { report: { ...reply.report, from: source } };
}
